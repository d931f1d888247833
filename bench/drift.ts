import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { resolve } from '../lib/resolve/resolve';
import { synthesize } from '../lib/stack/synthesize';
import type { Plain } from '../lib/topology/plain';
import { interleaved } from './process';
import type { Benchmark } from './table';

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';

/** Services with a balancer, a database, a cache and queues each: about ninety resources apiece, beside the network's fifty. */
function settings(services: number): Plain {
  const service = (i: number): [string, Plain][] => [
    [`lb-${i}`, { kind: 'load-balancer', scheme: 'internal', certificate, dependsOn: [`web-${i}`] }],
    [
      `web-${i}`,
      {
        kind: 'instances',
        image: 'ami-0123456789abcdef0',
        type: 'm7g.large',
        port: 8080,
        count: 6,
        needs: 4,
        dependsOn: [`db-${i}`, `cache-${i}`, `jobs-${i}`],
      },
    ],
    [`db-${i}`, { kind: 'database', engine: 'postgres', form: 'multi-az-instance', class: 'db.m7g.large' }],
    [`cache-${i}`, { kind: 'cache', form: 'replication-group', class: 'cache.m7g.large', replicas: 2 }],
    [`jobs-${i}`, { kind: 'queue' }],
  ];
  const numbers = Array.from({ length: services }, (_, i) => i);
  return {
    version: 1,
    name: 'many',
    regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], cidr: '10.0.0.0/16' } },
    components: Object.fromEntries(numbers.flatMap(service)),
    flows: Object.fromEntries(numbers.map((i) => [`visit-${i}`, { requires: [`lb-${i}`] }])),
  };
}

/** A state with the arguments of the Terraform: what it refers to has the id that the reference says. */
function stateOf(resources: Resources, change: (address: string, args: Record<string, unknown>) => void): string {
  const all = Object.entries(resources).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, { '//': _metadata, ...args }]) => {
      const values = { ...args, id: `\${${type}.${name}.id}`, arn: `\${${type}.${name}.arn}` };
      change(`${type}.${name}`, values);
      return { address: `${type}.${name}`, mode: 'managed', type, name, values };
    }),
  );
  return JSON.stringify({ format_version: '1.0', values: { root_module: { resources: all } } });
}

const bin = JSON.stringify(resolvePath(__dirname, '../bin/nines.js'));

/** How long `nines drift --state` takes, as the user waits for it. */
export const benchmark: Benchmark = {
  name: 'drift',
  run: () => {
    const folder = mkdtempSync(join(tmpdir(), 'nines-bench-'));
    try {
      const commands: Record<string, readonly string[]> = {};
      const sizes = [1, 8, 18].map((services) => {
        const spec = join(folder, `many-${services}.json`);
        writeFileSync(spec, JSON.stringify(settings(services)));
        const { diagnostics, topology } = resolve(settings(services));
        if (!topology) throw new Error(JSON.stringify(diagnostics[0]));
        const out = join(folder, `out-${services}`);
        synthesize([topology], out);
        const { resource } = JSON.parse(readFileSync(join(out, 'stacks/many/cdk.tf.json'), 'utf8')) as { readonly resource: Resources };
        const write = (name: string, change: Parameters<typeof stateOf>[1]) => {
          const file = join(folder, `${name}-${services}.json`);
          writeFileSync(file, stateOf(resource, change));
          // Drift is exit code 1, which is no failure here.
          const script = `process.argv.splice(1, 0, ${bin}); process.on('exit', (code) => (process.exitCode = code === 1 ? 0 : code)); require(${bin});`;
          commands[`${name} ${services}`] = ['-e', script, '--', 'drift', spec, '--state', file];
        };
        write('same', () => {});
        write('scaled', (address, args) => {
          if (address === 'aws_autoscaling_group.web-0_group') Object.assign(args, { min_size: 5, desired_capacity: 5 });
        });
        return { services, resources: Object.values(resource).reduce((sum, byName) => sum + Object.keys(byName).length, 0) };
      });
      const measured = interleaved(commands, 3);
      const { start } = interleaved({ start: ['-e', '0'] }, 3);
      return [
        {
          title: 'nines drift --state, whole processes, medians of three',
          columns: ['resources', 'flows', 'same: ms', 'over node', 'one group scaled down: ms', 'MB'],
          rows: sizes.map(({ resources, services }) => {
            const [same, scaled] = [measured[`same ${services}`]!, measured[`scaled ${services}`]!];
            return [resources, services, same.milliseconds, same.milliseconds - start!.milliseconds, scaled.milliseconds, scaled.megabytes];
          }),
          note: 'It synthesizes the spec, reads the state, compares, and estimates what is there beside what was reviewed.',
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
