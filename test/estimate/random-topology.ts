import type { Behaviour, Cause, Group, Occurrence, Unit } from '../../lib/topology/behaviour';
import { placesOf, primariesOf, spread } from '../../lib/topology/place';
import type { Component, Flow, Topology } from '../../lib/topology/topology';
import type { Random } from '../../lib/engine/random';

const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)]!;

function occurs(random: Random): Occurrence {
  const distribution = pick(random, ['fixed', 'exponential', 'lognormal'] as const);
  const length = { distribution, mean: 600 + 7200 * random.uniform(), sigma: distribution === 'lognormal' ? 0.8 : null };
  // Often enough that coincidences matter.
  return random.happens(0.3) ? { unavailability: 0.02 + 0.1 * random.uniform(), length } : { perYear: 50 + 500 * random.uniform(), length };
}

const cause = (random: Random, address: string, scope: Cause['scope'], hits: Cause['hits']): Cause => ({
  address,
  scope,
  occurrence: occurs(random),
  hits,
  caught: null,
});

type Kind = 'pool' | 'promoted' | 'sharded' | 'service' | 'external';

function pool(random: Random, name: string, zones: readonly string[]): Behaviour {
  const count = random.happens(0.75) ? 2 : 3;
  const units = spread(name, count, zones);
  const names = units.map(({ address }) => address);
  const replaced = random.happens(0.7);
  const spare = replaced && random.happens(0.7) ? 0.5 + 0.4 * random.uniform() : null;
  const group: Group = {
    form: 'pool',
    name: 'targets',
    units: names,
    shard: null,
    without: 'down',
    place: units.some(({ zone }) => zone === null) ? { outcomes: placesOf(units, zones) } : null,
    needs: 1 + random.integer(count),
    replacement: replaced
      ? { time: 200 + 400 * random.uniform(), spare, needs: pick(random, ['control-plane', 'data-plane'] as const) }
      : null,
  };
  const change = {
    ...cause(random, `change/${name}`, 'change', { component: name }),
    caught: random.happens(0.6) ? { coverage: 0.7, units: names.slice(0, 1) } : null,
  };
  return {
    units,
    causes: [...names.map((unit) => ({ ...cause(random, unit, 'unit', { units: [unit] }) })), ...(random.happens(0.5) ? [change] : [])],
    groups: [group],
    balanced: random.happens(0.6)
      ? { group: 'targets', detection: 20 + 60 * random.uniform(), loadInUnits: 0.5 + random.uniform() * count }
      : null,
    notModelled: [],
  };
}

function promoted(random: Random, name: string, zones: readonly string[]): Behaviour {
  const units: Unit[] = spread(name, 1 + random.integer(2), zones);
  const names = units.map(({ address }) => address);
  const group: Group = {
    form: 'promoted',
    name: 'nodes',
    units: names,
    shard: null,
    without: 'down',
    place: { outcomes: primariesOf(units, zones) },
    switchOver: 30 + 60 * random.uniform(),
    coverage: 0.8,
    operator: 1000 + 1000 * random.uniform(),
    ...(random.happens(0.6) ? { catchUp: pick(random, [600, 3600 * random.uniform()]) } : {}),
  };
  return {
    units,
    causes: names.map((unit) => cause(random, unit, 'unit', { units: [unit] })),
    groups: [group],
    balanced: null,
    notModelled: [],
  };
}

/** Two or three shards of one or two nodes, what a bad change of them hits, and a cause that takes a node of each. */
function sharded(random: Random, name: string, zones: readonly string[]): Behaviour {
  const shards = random.happens(0.8) ? 2 : 3;
  const nodes = shards === 2 && random.happens(0.6) ? 2 : 1;
  const times = { switchOver: 30 + 60 * random.uniform(), coverage: 0.8, operator: 1000 + 1000 * random.uniform() };
  const parts = Array.from({ length: shards }, (_, shard) => {
    const units = spread(name, nodes, zones, `shard-${shard}`);
    const base = { name: `shard-${shard}`, units: units.map(({ address }) => address), shard, without: 'down' } as const;
    const group: Group =
      nodes === 1
        ? { ...base, form: 'pool', needs: 1, replacement: null, place: { outcomes: placesOf(units, zones) } }
        : { ...base, form: 'promoted', place: { outcomes: primariesOf(units, zones) }, ...times };
    return { units, group };
  });
  const names = parts.map(({ group }) => group.units);
  const causes = random.happens(0.3) ? [] : names.flat().map((unit) => cause(random, unit, 'unit', { units: [unit] }));
  if (random.happens(0.3)) causes.push(cause(random, `${name}-first`, 'unit', { units: names.map(([first]) => first!) }));
  if (random.happens(0.5)) {
    const caught = random.happens(0.6) ? { coverage: 0.7, units: names[0]! } : null;
    causes.push({ ...cause(random, `change/${name}`, 'change', { component: name }), caught });
  }
  return { units: parts.flatMap(({ units }) => units), causes, groups: parts.map(({ group }) => group), balanced: null, notModelled: [] };
}

function whole(random: Random, name: string, scope: 'service' | 'external'): Behaviour {
  return {
    units: [],
    causes: [cause(random, `${scope}/${name}`, scope, { component: name })],
    groups: [],
    balanced: null,
    notModelled: [],
  };
}

const makers = { pool, promoted, sharded };

/** A small topology in which everything fails often, so that every rule shows; `divided`: some of its components have shards. */
export function randomTopology(random: Random, divided = false): Topology {
  const zones = ['z-a', 'z-b', 'z-c'].slice(0, 2 + (random.happens(0.2) ? 1 : 0));
  const drawn = (): Kind[] => [
    pick(random, ['pool', 'promoted'] as const),
    pick(random, ['pool', 'promoted', 'service', 'external'] as const),
    pick(random, ['service', 'external'] as const),
  ];
  const kinds: Kind[] = divided ? [pick(random, ['sharded', 'service'] as const), 'sharded'] : drawn();
  const components = kinds.map((kind, i): Component => {
    const name = `${kind}-${i}`;
    const behaviour = kind === 'service' || kind === 'external' ? whole(random, name, kind) : makers[kind](random, name, zones);
    const dependsOn = kinds.flatMap((other, j) =>
      j > i && random.happens(0.7) ? [{ on: `${other}-${j}`, without: pick(random, ['down', 'degraded'] as const) }] : [],
    );
    return {
      name,
      kind,
      region: 'r',
      settings: {},
      dependsOn,
      behaviour,
      reach: kind === 'external' ? 'outside' : 'inside',
      terraform: null,
      was: null,
    };
  });
  const name = (i: number): string => components[i]!.name;
  const flow = (title: string, requires: string[], atomic: string[]): Flow => ({
    name: title,
    requires,
    atomic,
    inDoubt: 45,
    target: null,
    labels: {},
  });
  const nat = random.happens(0.5) ? zones.map((zone) => ({ zone, serves: [zone] })) : [{ zone: zones[0]!, serves: zones }];
  return {
    name: 'random',
    regions: [{ name: 'r', zones, cidr: '10.0.0.0/16', nat: 'per-zone' }],
    components,
    flows: [flow('plain', [name(0)], []), flow('whole', [name(0)], [name(1)])],
    causes: [
      ...zones.map((zone) => cause(random, `zone/r/${zone}`, 'zone', { zone })),
      ...(random.happens(0.5)
        ? nat.map(({ zone, serves }) => cause(random, `network/r/nat/${zone}`, 'network', { outboundOf: serves, livesIn: zone }))
        : []),
      ...(random.happens(0.6) ? [cause(random, 'control-plane/r', 'control-plane', { controlPlaneOf: 'r' })] : []),
      ...(random.happens(0.3) ? [cause(random, 'region/r', 'region', { region: 'r' })] : []),
    ],
    controlPlaneWithZone: 0.3,
    assumptions: [],
    notModelled: [],
    deployment: { account: null, assumeRole: null, namePrefix: '', tags: {}, provider: {}, backend: 'local' },
    settings: {},
  };
}
