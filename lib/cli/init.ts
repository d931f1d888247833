import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { didYouMean } from '../diagnostics/did-you-mean';
import { kinds } from '../kinds/kinds.generated';
import { awsRegions } from '../resolve/aws-regions';
import { loadSpec } from '../spec/load';
import { schemaOf } from '../spec/schema';
import { UsageError, type Command, type ExitCode, type Io } from './command';
import { writeWhole } from './formats';
import { parseOptions } from './options';

const help = `Usage: nines init [FOLDER] [--name NAME] [--region REGION] [--account ACCOUNT]

Writes a first spec (topologies/NAME.yaml), the JSON Schema by which editors complete and check it (nines.schema.json), and a cdktf.json that deploys
it. Never overwrites a file.

Options
  --name NAME        name of the topology (default: the folder's name)
  --region REGION    AWS region (default: us-east-1)
  --account ACCOUNT  AWS account, twelve digits (default: 123456789012, to be replaced)

Examples
  nines init
  nines init shop --region eu-central-1 --account 210987654321
`;

const specOf = (name: string, region: string, account: string) => `# yaml-language-server: $schema=../nines.schema.json
# One balanced service over three zones with its database, and the availability that its users are promised.
# What is left out is the careful choice: encrypted, private, backed up, protected from deletion. \`nines kinds\` lists what there is.
version: 1
name: ${name}
account: "${account}"
regions:
  ${region}:
    zones: [${['a', 'b', 'c'].map((letter) => region + letter).join(', ')}]
    cidr: 10.0.0.0/16

components:
  front:
    kind: load-balancer
    # The certificate of your domain, from AWS Certificate Manager.
    certificate: arn:aws:acm:${region}:${account}:certificate/00000000-0000-0000-0000-000000000000
    healthCheck: { path: /ready, interval: 10s, timeout: 4s, unhealthy: 2 }
    dependsOn: [web]

  web:
    kind: instances
    image: resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64
    type: m7g.large
    port: 8080
    # Six over three zones, of which four carry the load: one zone may fail.
    count: 6
    needs: 4
    dependsOn: [db]

  db:
    kind: database
    engine: postgres
    form: multi-az-instance
    class: db.m7g.large

flows:
  visit:
    requires: [front]
    target: { availability: 99.8% }
`;

// The app is started by cdktf in the folder of cdktf.json.
const cdktfOf = (name: string) =>
  `${JSON.stringify(
    {
      language: 'typescript',
      app: 'node node_modules/nines/dist/cli/app.js',
      projectId: name,
      sendCrashReports: 'false',
      output: 'cdktf.out',
    },
    null,
    2,
  )}\n`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { name: 'value', region: 'value', account: 'value' });
  if (positionals.length > 1) throw new UsageError('it takes at most one folder.');
  const folder = resolve(io.cwd, positionals[0] ?? '.');
  const name = options.name ?? nameFrom(folder);
  const region = options.region ?? 'us-east-1';
  const account = options.account ?? '123456789012';
  if (!/^[a-z]([a-z0-9]|-(?=[a-z0-9])){0,23}$/.test(name))
    throw new UsageError(
      `a name has lower-case letters, digits and single dashes, at most 24, got ${JSON.stringify(name)}; give one with --name.`,
    );
  if (!awsRegions.includes(region)) {
    const meant = didYouMean(region, awsRegions);
    throw new UsageError(`${JSON.stringify(region)} is no AWS region.${meant ? ` Did you mean ${meant}?` : ''}`);
  }
  if (!/^[0-9]{12}$/.test(account)) throw new UsageError(`an AWS account has twelve digits, got ${JSON.stringify(account)}.`);
  const spec = specOf(name, region, account);
  const [wrong] = loadSpec(spec, `${name}.yaml`).diagnostics;
  if (wrong !== undefined) throw new UsageError(`the spec would not be right: ${wrong.detail}`);
  const files = [
    [join(folder, 'topologies', `${name}.yaml`), spec],
    [join(folder, 'nines.schema.json'), `${JSON.stringify(schemaOf(kinds), null, 2)}\n`],
    [join(folder, 'cdktf.json'), cdktfOf(name)],
  ] as const;
  const taken = files.find(([path]) => existsSync(path));
  if (taken) throw new UsageError(`${taken[0]} exists already, and init overwrites nothing.`);
  for (const [path, text] of files) writeWhole(path, text);
  io.stdout.write(`Wrote ${files.map(([path]) => path).join(', ')}.\n\n${next(relative(io.cwd, folder), name)}`);
  return 0;
}

export const command: Command = { name: 'init', summary: 'a first spec, and what deploys it', help, run };

function next(folder: string, name: string): string {
  const steps = [
    ...(folder === ''
      ? []
      : [[`cd ${/^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", `'\\''`)}'`}`, 'where it is'] as const]),
    ['npm install --save-dev nines cdktf-cli', 'what deploys it'],
    [`npx nines check topologies/${name}.yaml`, 'how available it will be, against its target'],
    [`npx cdktf diff ${name}`, 'what Terraform would do'],
    [`npx cdktf deploy ${name}`, 'do it'],
  ] as const;
  const width = Math.max(...steps.map(([command]) => command.length));
  return `Next\n${steps.map(([command, why]) => `  ${command.padEnd(width)}  ${why}\n`).join('')}`;
}

/** The folder's name as far as it makes a name. */
function nameFrom(folder: string): string {
  const cleaned = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 24);
  return cleaned.replace(/-+$/, '') || 'shop';
}
