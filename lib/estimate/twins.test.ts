import { resolve } from '../resolve/resolve';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';
import { estimate, type Estimate } from './estimate';
import { modelOf } from './model';

const image = { kind: 'instances', image: 'resolve:ssm:/image', type: 'm7g.large', port: 80 };
const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';

/** A shop, whose parts have the names of another one but for what stands in front. */
const shop = (name: string): Record<string, Plain> => ({
  [`${name}-lb`]: { kind: 'load-balancer', certificate, dependsOn: [`${name}-web`] },
  [`${name}-web`]: {
    ...image,
    count: 7,
    needs: 5,
    dependsOn: [`${name}-db`, { on: `${name}-cache`, without: 'degraded' }, `${name}-api`],
  },
  [`${name}-db`]: { kind: 'database', engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large' },
  [`${name}-cache`]: { kind: 'cache', form: 'replication-group', class: 'cache.r7g.large', replicas: 1 },
  [`${name}-api`]: { kind: 'external', availability: '99.9%', meanOutage: '20m', source: 'The contract with its provider, annex B' },
});

function topologyOf(names: readonly string[]): Topology {
  const { topology, diagnostics } = resolve({
    version: 1,
    name: 'twins',
    regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], cidr: '10.20.0.0/16' } },
    components: Object.assign({}, ...names.map(shop)) as Plain,
    flows: {
      all: { requires: names.map((name) => `${name}-lb`), target: { availability: '99%' } },
      order: {
        requires: [`${names[1]}-lb`],
        atomic: names.map((name) => `${name}-db`),
        target: { availability: '99%', measure: 'requests' },
      },
    },
  });
  if (!topology) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

/** The same, with a mark on the groups of each component, by which none is like another. */
const apart = (topology: Topology): Topology => ({
  ...topology,
  components: topology.components.map((component) => {
    const groups = component.behaviour.groups.map((group) => ({ ...group, mark: component.name }));
    return { ...component, behaviour: { ...component.behaviour, groups } };
  }),
});

const near = (one: number | null, other: number | null): void => {
  if (one === null || other === null || other === 0) expect(one).toBe(other);
  else expect(Math.abs(one / other - 1)).toBeLessThan(1e-12);
};

/** Cut sets by what they say, since those of equal probability come in any order. */
const setsOf = ({ results }: Estimate, flow: number): Map<string, number> =>
  new Map(
    results[flow]!.cutSets.map(({ events, unavailability }) => [
      events
        .map(({ address, choice, youngerThanSeconds }) => `${address} ${youngerThanSeconds} ${choice}`)
        .sort()
        .join(' & '),
      unavailability,
    ]),
  );

describe('components that are alike', () => {
  const together = topologyOf(['one', 'two', 'three']);
  const alone = apart(together);
  const [twins, strangers] = [together, alone].map((topology) => estimate(topology, { samples: 100, cutSets: 400 })) as [
    Estimate,
    Estimate,
  ];

  test('are derived once', () => {
    const size = (topology: Topology): number => modelOf(topology).tree.events.formula.nodeCount;
    expect(size(together)).toBeLessThan(0.6 * size(alone));
  });

  test.each([0, 1])('give the same numbers as if each had been derived: flow %d', (flow) => {
    const [one, other] = [twins.results[flow]!, strangers.results[flow]!];
    expect(one.unavailability).toBeGreaterThan(1e-4);
    near(one.unavailability, other.unavailability);
    near(one.requestFailure, other.requestFailure);
    near(one.outagesPerYear.value, other.outagesPerYear.value);
    near(one.states.degraded, other.states.degraded);
    near(one.interval.p95, other.interval.p95);
    near(one.infrastructureOnly.unavailability, other.infrastructureOnly.unavailability);
    expect(one.bound).toBeLessThan(1e-4 * one.unavailability);
    for (const [address, share] of other.contributions.shares) near(one.contributions.shares.get(address) ?? null, share);
    expect(one.contributions.shares.size).toBe(other.contributions.shares.size);
    expect(one.singleCauses.map(({ address }) => address).sort()).toEqual(other.singleCauses.map(({ address }) => address).sort());
    expect(one.singlePoints).toEqual(other.singlePoints);
  });

  test.each([0, 1])('have cut sets of their own: flow %d', (flow) => {
    const [one, other] = [setsOf(twins, flow), setsOf(strangers, flow)];
    expect(other.size).toBeGreaterThan(20);
    expect([...one.keys()].sort()).toEqual([...other.keys()].sort());
    for (const [set, unavailability] of other) near(one.get(set)!, unavailability);
    for (const name of ['unit/one-db/', 'unit/two-db/', 'unit/three-db/'])
      expect([...one.keys()].some((key) => key.includes(name))).toBe(true);
  });
});
