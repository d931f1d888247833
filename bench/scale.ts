import { estimate } from '../lib/estimate/estimate';
import { resolve } from '../lib/resolve/resolve';
import { median, type Benchmark } from './table';

interface Size {
  readonly components: number;
  /** Of each component. */
  readonly units: number;
  readonly zones: number;
}

const sizes: Readonly<Record<string, readonly Size[]>> = {
  units: [3, 12, 50, 200].map((units) => ({ components: 10, units, zones: 3 })),
  components: [10, 50, 200].map((components) => ({ components, units: 50, zones: 3 })),
  zones: [2, 3, 4, 6, 8].map((zones) => ({ components: 10, units: 48, zones })),
};

/** One flow through components in a row, every tenth a database for which AWS chooses the zones. */
export function topologyOf({ components, units, zones }: Size) {
  const region = 'us-east-1';
  const instances = { kind: 'instances', type: 'm7g.large', image: 'resolve:ssm:/image', count: units, needs: Math.ceil((units * 2) / 3) };
  const database = { kind: 'database', engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large' };
  const names = Array.from({ length: components }, (_, i) => `c${i}`);
  const { topology, diagnostics } = resolve({
    version: 1,
    name: 'scale',
    regions: { [region]: { zones: Array.from('abcdefgh'.slice(0, zones), (letter) => region + letter), cidr: '10.0.0.0/16' } },
    components: Object.fromEntries(names.map((name, i) => [name, i % 10 === 9 ? database : instances])),
    flows: { all: { requires: names, target: { availability: '99%' } } },
  });
  if (!topology) throw new Error(diagnostics.map(({ detail, summary }) => `${summary}: ${detail}`).join('\n'));
  return topology;
}

function row(size: Size): number[] {
  const topology = topologyOf(size);
  const times = Array.from({ length: 3 }, () => {
    const start = process.cpuUsage();
    estimate(topology);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return [size.components, size.components * size.units, size.zones, times[0]!, median(times)];
}

/** How the time of an estimate grows. */
export const benchmark: Benchmark = {
  name: 'scale',
  run: () =>
    Object.entries(sizes).map(([what, list]) => ({
      title: `More ${what}`,
      columns: ['components', 'units', 'zones', 'first ms', 'median ms'],
      rows: list.map(row),
      note: 'Processor time of one estimate (1,000 samples, 20 cut sets), the first one and the median of three. Wanted: 200 components of 50 units within a second.',
    })),
};
