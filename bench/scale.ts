import { createRequire } from 'node:module';
import type { Topology } from '../lib/topology/topology';
import { median, type Benchmark } from './table';

/** The package as users load it, in one file. */
const { estimate, resolve } = createRequire(__filename)('../dist/index.js') as typeof import('../lib/index');

interface Size {
  /** In all. */
  readonly components: number;
  /** Of each component. */
  readonly units: number;
  /** Of each region. */
  readonly zones: number;
  readonly regions: number;
  /** Whether no two pools are alike, so that none is derived for another. @default false */
  readonly different?: boolean;
}

const sizes: Readonly<Record<string, readonly Size[]>> = {
  units: [3, 12, 50, 200].map((units) => ({ components: 10, units, zones: 3, regions: 1 })),
  components: [10, 50, 200].map((components) => ({ components, units: 50, zones: 3, regions: 1 })),
  zones: [2, 3, 4, 6, 8].map((zones) => ({ components: 10, units: 48, zones, regions: 1 })),
  regions: [1, 2, 3].map((regions) => ({ components: 200, units: 50, zones: 3, regions })),
  'components without two pools that are alike': [10, 50, 200].map((components) => ({
    components,
    units: 50,
    zones: 3,
    regions: 1,
    different: true,
  })),
};

const places = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** Components in a row, every tenth a database for which AWS chooses the zones, evenly over the regions; one flow needs them all. */
export function topologyOf({ components, units, zones, regions, different = false }: Size): Topology {
  const names = Array.from({ length: components }, (_, i) => `c${i}`);
  return joined(
    places.slice(0, regions).map((region, index) =>
      inRegion(
        region,
        names.filter((_, i) => i % regions === index),
        (i) => (different ? pool(units - 20 + (i % 40), Math.floor(i / 40)) : pool(units, 0)),
        zones,
      ),
    ),
  );
}

/** Of so many instances two thirds are needed, but for some more that may be missing. */
const pool = (count: number, spare: number) => ({
  kind: 'instances',
  type: 'm7g.large',
  image: 'resolve:ssm:/image',
  count,
  needs: Math.ceil((count * 2) / 3) - spare,
});

function inRegion(region: string, names: readonly string[], instances: (i: number) => ReturnType<typeof pool>, zones: number): Topology {
  const database = { kind: 'database', engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large' };
  const { topology, diagnostics } = resolve({
    version: 1,
    name: 'scale',
    regions: { [region]: { zones: Array.from('abcdefgh'.slice(0, zones), (letter) => region + letter), cidr: '10.0.0.0/16' } },
    components: Object.fromEntries(names.map((name, i) => [name, i % 10 === 9 ? database : instances(i)])),
    flows: { all: { requires: names, target: { availability: '99%' } } },
  });
  if (!topology) throw new Error(diagnostics.map(({ detail, summary }) => `${summary}: ${detail}`).join('\n'));
  return topology;
}

/** A spec takes one region; the model takes several, so the regions are put together behind the specs. */
function joined(topologies: readonly Topology[]): Topology {
  const first = topologies[0]!;
  const assumptions = new Map(topologies.flatMap((each) => each.assumptions.map((assumption) => [assumption.name, assumption])));
  return {
    ...first,
    regions: topologies.flatMap(({ regions }) => regions),
    components: topologies.flatMap(({ components }) => components),
    causes: topologies.flatMap(({ causes }) => causes),
    assumptions: [...assumptions.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    flows: [{ ...first.flows[0]!, requires: topologies.flatMap(({ flows }) => flows[0]!.requires) }],
  };
}

function row(size: Size): number[] {
  const topology = topologyOf(size);
  const times = Array.from({ length: 3 }, () => {
    const start = process.cpuUsage();
    const began = performance.now();
    estimate(topology);
    const { user, system } = process.cpuUsage(start);
    return { wall: performance.now() - began, processor: (user + system) / 1000 };
  });
  const processor = times.map((time) => time.processor);
  return [
    size.components,
    size.components * size.units,
    size.regions,
    size.zones,
    times[0]!.wall,
    median(times.map(({ wall }) => wall)),
    processor[0]!,
    median(processor),
  ];
}

/** How the time of an estimate grows. */
export const benchmark: Benchmark = {
  name: 'scale',
  run: () =>
    Object.entries(sizes).map(([what, list]) => ({
      title: `More ${what}`,
      columns: ['components', 'units', 'regions', 'zones', 'first ms', 'median ms', 'first cpu ms', 'median cpu ms'],
      rows: list.map(row),
      note: 'One estimate (1,000 samples, 20 cut sets): the first one and the median of three, by the clock and in processor time. Wanted: 200 components of 50 units within a second.',
    })),
};
