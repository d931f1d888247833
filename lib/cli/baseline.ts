import { resolve } from 'node:path';
import type { Found } from '../check/finding';
import type { CheckDocument } from '../document/check';
import { UsageError, type Io } from './command';
import { readText } from './read-file';

/** Whether an earlier `check --format json` had found something already. */
export function baseline(file: string, io: Io): (topology: string, finding: Found) => boolean {
  const found = read(file, io).topologies.flatMap(({ findings, topology }) => findings.map((finding) => keyOf(topology, finding)));
  const known = new Set(found);
  return (topology, finding) => known.has(keyOf(topology, finding));
}

const keyOf = (topology: string, { address, code, flow }: Found): string => JSON.stringify([topology, code, flow, address]);

function read(file: string, io: Io): CheckDocument {
  const text = readText(resolve(io.cwd, file), `the baseline ${file}`);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`the baseline ${file} is no JSON: ${(cause as Error).message}.`);
  }
  const { topologies, version } = (document ?? {}) as Partial<CheckDocument>;
  const whole = version === 1 && Array.isArray(topologies) && topologies.every((one) => Array.isArray(one?.findings));
  if (!whole) throw new UsageError(`the baseline ${file} is no result of \`nines check --format json\`.`);
  return document as CheckDocument;
}
