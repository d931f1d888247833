import { didYouMean } from '../diagnostics/did-you-mean';
import { explainDocument } from '../document/explain';
import { estimate } from '../estimate/estimate';
import { addressesOf, explain } from '../estimate/explain';
import { renderExplainText } from '../report/explain-text';
import { UsageError, type Command, type ExitCode, type Io } from './command';
import { json } from './estimate';
import { parseFormats, writeFormats } from './formats';
import { loadAll } from './load';
import { parseOptions } from './options';
import { tool } from './tool';

const help = `Usage: nines explain SPEC ADDRESS [--format text|json[=FILE]]

Why a number is what it is: its formula, its inputs, and their sources. ADDRESS is one that an estimate prints: flow/F, component/C, zone/R/Z,
region/R, change/C, service/C, external/C, unit/C/Z/0, network/R/nat/Z, control-plane/R, assumption/NAME. Without ADDRESS all are listed.

Examples
  nines explain topologies/orders.yaml flow/checkout
  nines explain topologies/orders.yaml component/orders-db
  nines explain topologies/orders.yaml zone/us-east-1/us-east-1a
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { format: 'values' });
  const [spec, address, ...rest] = positionals;
  if (spec === undefined || rest.length > 0) throw new UsageError('it takes one spec and one address.');
  const formats = parseFormats(options.format, ['text', 'json'], io);
  const { good, bad } = await loadAll([spec], io, formats);
  if (bad) return 2;
  if (good.length > 1) throw new UsageError(`${spec} holds ${good.length} topologies; name the file of one.`);
  const { topology } = good[0]!;
  const known = addressesOf(topology);
  if (address === undefined) {
    writeFormats(
      formats,
      (format) =>
        format === 'json' ? json({ version: 1, tool: tool(), topology: topology.name, addresses: known }) : `${known.join('\n')}\n`,
      io,
    );
    return 0;
  }
  const explanation = explain(estimate(topology), address);
  if (!explanation) {
    const meant = didYouMean(address, known) ?? known.find((candidate) => candidate.endsWith(`/${address}`));
    throw new UsageError(
      `${topology.name} has no ${JSON.stringify(address)}.${meant ? ` Did you mean ${meant}?` : ''} \`nines explain ${spec}\` lists all addresses.`,
    );
  }
  const document = explainDocument(tool(), topology.name, explanation);
  writeFormats(formats, (format) => (format === 'json' ? json(document) : renderExplainText(document)), io);
  return 0;
}

export const command: Command = { name: 'explain', summary: 'why a number is what it is', help, run };
