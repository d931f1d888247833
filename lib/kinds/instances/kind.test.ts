import type { Pool } from '../../topology/behaviour';
import type { KindContext, Neighbour } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { evaluate } from '../../topology/quantity';
import { assumptions } from './assumptions';
import { kind } from './kind';
import { needsOf } from './settings';

const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
const region = { name: 'eu-central-1', zones, cidr: '10.0.0.0/16', nat: 'per-zone' as const };
const healthCheck = { intervalSeconds: 10, timeoutSeconds: 4, unhealthy: 2 };
const balancer: Neighbour = {
  name: 'front',
  kind: 'load-balancer',
  reach: 'inside',
  offers: { port: 443, protocol: 'http', balances: { healthCheck } },
};
const machine = { image: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64', type: 'm7g.large' };

function context(dependents: readonly Neighbour[] = [], over: readonly string[] = zones): KindContext {
  return { name: 'web', prefix: 'shop-', region: { ...region, zones: over }, dependsOn: [], dependents };
}

function settingsOf(given: Plain, over: readonly string[] = zones) {
  return kind.settings({ ...machine, ...given }, { name: 'web', prefix: 'shop-', region: { ...region, zones: over } });
}

function behaviourOf(given: Plain, dependents: readonly Neighbour[] = [], over: readonly string[] = zones) {
  return kind.describe(settingsOf(given, over), context(dependents, over));
}

function codesOf(given: Plain, dependents: readonly Neighbour[] = []): string[] {
  return kind.check(settingsOf(given), context(dependents)).map(({ code }) => code);
}

const nominal = (name: string): number => assumptions.find((assumption) => assumption.name === name)!.value;

describe('how many units there are and how many are needed', () => {
  test('needs follows from load and capacity', () => {
    expect(needsOf(settingsOf({ count: 9, load: '900/s', capacity: '220/s' }))).toBe(5);
  });

  test('a load that fills units exactly needs no further one, whatever the unit of the rate', () => {
    expect(needsOf(settingsOf({ count: 9, load: '880/s', capacity: '220/s' }))).toBe(4);
    expect(needsOf(settingsOf({ count: 9, load: '52800/m', capacity: '13200/m' }))).toBe(4);
    expect(needsOf(settingsOf({ count: 9, load: '52800/m', capacity: '220/s' }))).toBe(4);
  });

  test('without count there are as many as keep what is needed when a zone is lost', () => {
    for (const needs of [1, 2, 3, 4, 5, 7, 10]) {
      const { count } = settingsOf({ needs });
      const left = (c: number): number => c - Math.ceil(c / 3);
      expect(left(count)).toBeGreaterThanOrEqual(needs);
      expect(left(count - 1)).toBeLessThan(needs);
    }
    expect(settingsOf({ needs: 4 }, ['eu-central-1a']).count).toBe(4);
  });

  test('without needs and load all are needed, and a warning says so', () => {
    expect(needsOf(settingsOf({ count: 4 }))).toBe(4);
    expect(codesOf({ count: 4 })).toEqual(['instances/needs-not-stated']);
    expect(codesOf({ count: 1 })).toEqual([]);
  });

  test('the maximum leaves room for one batch', () => {
    expect(settingsOf({ count: 9, needs: 6 })).toMatchObject({ batch: 1, max: 10 });
    expect(settingsOf({ count: 30, needs: 20 })).toMatchObject({ batch: 3, max: 33 });
  });
});

describe('behaviour', () => {
  test('units are spread over the zones, each with a cause of its own', () => {
    const { units, causes } = behaviourOf({ count: 6, needs: 4 });
    expect(units.map(({ zone }) => zone)).toEqual(zones.flatMap((zone) => [zone, zone]));
    expect(causes.filter(({ scope }) => scope === 'unit').map(({ hits }) => hits)).toEqual(
      units.map(({ address }) => ({ units: [address] })),
    );
  });

  test('units that do not divide by the zones lie in zones that the cloud chooses', () => {
    const { units, groups } = behaviourOf({ count: 7, needs: 4 });
    expect(units.at(-1)).toEqual({ address: 'unit/web/any/0', zone: null });
    expect(groups[0]!.place!.outcomes.map((outcome) => outcome.zones['unit/web/any/0'])).toEqual(zones);
  });

  test("behind a load balancer a unit is replaced after the balancer's detection, the group's reaction, launch and warm-up", () => {
    const { groups, balanced } = behaviourOf({ count: 6, needs: 4, warmUp: '3m' }, [balancer]);
    const { replacement } = groups[0] as Pool;
    // 5 + 10 + 4 s until two checks have failed, and one interval until the new target is in rotation.
    expect(evaluate(replacement!.time, nominal)).toBeCloseTo(19 + 60 + 90 + 180 + 10, 9);
    expect(replacement).toMatchObject({ needs: 'control-plane', spare: { assumption: 'instances.spareCapacity' } });
    expect(balanced).toEqual({ group: 'targets', detection: 19, loadInUnits: 4 });
  });

  test("without a load balancer EC2's status checks find it, and requests are not spread", () => {
    const { groups, balanced, notModelled } = behaviourOf({ count: 6, needs: 4 });
    expect(evaluate((groups[0] as Pool).replacement!.time, nominal)).toBeCloseTo(300 + 60 + 90 + 120, 9);
    expect(balanced).toBeNull();
    expect(notModelled.join()).toContain('status checks');
  });

  test('status checks that are asked for find it even behind a load balancer, which still uses its own check for the rotation', () => {
    const { groups, balanced } = behaviourOf({ count: 6, needs: 4, healthCheck: 'ec2' }, [balancer]);
    expect(evaluate((groups[0] as Pool).replacement!.time, nominal)).toBeCloseTo(300 + 60 + 90 + 120 + 10, 9);
    expect(balanced!.detection).toBe(19);
  });

  test('of two load balancers the quicker one has the unit replaced, the slower one still sends it requests', () => {
    const slow: Neighbour = {
      ...balancer,
      name: 'slow',
      offers: { balances: { healthCheck: { intervalSeconds: 30, timeoutSeconds: 5, unhealthy: 2 } } },
    };
    const { groups, balanced } = behaviourOf({ count: 6, needs: 4 }, [slow, balancer]);
    expect(evaluate((groups[0] as Pool).replacement!.time, nominal)).toBeCloseTo(19 + 60 + 90 + 120 + 30, 9);
    expect(balanced!.detection).toBe(50);
  });

  test('units move to another zone only where the group may launch there', () => {
    const spare = (given: Plain, over = zones) => (behaviourOf(given, [], over).groups[0] as Pool).replacement!.spare;
    expect(spare({ needs: 4 })).toEqual({ assumption: 'instances.spareCapacity' });
    expect(spare({ needs: 4, distribution: 'balanced-only' })).toBeNull();
    expect(spare({ needs: 4 }, ['eu-central-1a'])).toBeNull();
  });

  test('the load in units is exact where a load is stated', () => {
    expect(behaviourOf({ count: 9, load: '900/s', capacity: '220/s' }, [balancer]).balanced!.loadInUnits).toBeCloseTo(900 / 220, 12);
  });

  test('a bad change hits the component, or its first batch over different zones where it is caught', () => {
    const change = behaviourOf({ count: 6, needs: 4, batch: 2 }, [balancer]).causes.find(({ scope }) => scope === 'change')!;
    expect(change).toMatchObject({ address: 'change/web', hits: { component: 'web' } });
    expect(change.caught).toEqual({
      coverage: { assumption: 'instances.changeCaught' },
      units: ['unit/web/eu-central-1a/0', 'unit/web/eu-central-1b/0'],
    });
  });

  test("without a balancer's check fewer bad changes are caught, and none where the first batch is all", () => {
    const caught = (given: Plain) => behaviourOf(given).causes.find(({ scope }) => scope === 'change')!.caught;
    expect(caught({ count: 6, needs: 4 })!.coverage).toEqual({ assumption: 'instances.changeCaughtByStatus' });
    expect(caught({ count: 1 })).toBeNull();
  });
});

describe('what is refused', () => {
  test.each<[string, Plain]>([
    ['instances/type', { needs: 2, type: 'm7g.enormous' }],
    ['instances/type', { needs: 2, type: 'large' }],
    ['instances/architecture', { needs: 2, type: 'm7i.large' }],
    ['instances/user-data', { needs: 2, userData: 'ü'.repeat(9000) }],
    ['instances/load-without-capacity', { count: 3, load: '100/s' }],
    ['instances/capacity', { count: 3, load: '100/s', capacity: '0/s' }],
    ['instances/load', { count: 3, load: '0/s', capacity: '10/s' }],
    ['instances/needs-twice', { count: 9, needs: 5, load: '900/s', capacity: '220/s' }],
    ['instances/count', { load: '999999/s', capacity: '1/s' }],
    ['instances/needs-above-count', { count: 3, needs: 4 }],
    ['instances/needs-above-count', { count: 4, load: '900/s', capacity: '220/s' }],
    ['instances/max-below-count', { count: 6, needs: 4, max: 5 }],
    ['instances/batch-above-count', { count: 6, needs: 4, batch: 7 }],
    ['instances/warm-up', { needs: 2, warmUp: '2h' }],
    ['instances/grace', { needs: 2, grace: '3h' }],
    ['instances/grace-below-warm-up', { needs: 2, grace: '1m' }],
    ['instances/whole-seconds', { needs: 2, warmUp: '1500ms' }],
    ['instances/health-check-without-balancer', { needs: 2, healthCheck: 'elb' }],
    ['instances/scale-without-balancer', { needs: 2, scaleOn: 'requests', capacity: '220/s', load: '400/s' }],
    ['instances/volume', { needs: 2, volume: '20000GiB' }],
  ])('%s: %j', (code, given) => {
    expect(codesOf(given)).toContain(code);
  });

  test('a group whose deployments no alarm stops is pointed out, with the reason', () => {
    const found = kind.check(settingsOf({ needs: 2, deployInAlarm: 'the image does not start' }), context());
    expect(found.map(({ severity, code, path }) => [severity, code, path])).toEqual([
      ['warning', 'instances/deploy-in-alarm', ['deployInAlarm']],
    ]);
    expect(found[0]!.detail).toContain('because: the image does not start.');
  });

  test('a load balancer needs a port to send requests to', () => {
    expect(codesOf({ needs: 2 }, [balancer])).toEqual(['instances/balanced-without-port']);
    expect(codesOf({ needs: 2, port: 8080 }, [balancer])).toEqual([]);
  });

  test('scaling on requests needs to know what one unit serves', () => {
    expect(codesOf({ needs: 2, port: 8080, scaleOn: 'requests' }, [balancer])).toEqual(['instances/scale-without-capacity']);
  });

  test('a name that would become too long for the cloud is refused', () => {
    const named = (prefix: string) => kind.check(settingsOf({ needs: 2 }), { ...context(), prefix }).map(({ code }) => code);
    expect(named('x'.repeat(125))).toEqual([]);
    expect(named('x'.repeat(126))).toEqual(['instances/name']);
  });

  test('every kind of instance type is known', () => {
    const types = [
      't4g.nano',
      'm7g.large',
      'c7gd.16xlarge',
      'x2iedn.metal',
      'u-6tb1.112xlarge',
      'm7i-flex.xlarge',
      'u7in-24tb.224xlarge',
      'c7i.metal-24xl',
    ];
    for (const type of types) expect([type, codesOf({ needs: 2, image: 'ami-0123456789abcdef0', type })]).toEqual([type, []]);
  });
});

test('every assumption has a source, a date, and a range around its value', () => {
  for (const { source, date, range, value } of assumptions) {
    expect(source.length).toBeGreaterThan(20);
    expect(date).toMatch(/^\d{4}(-\d{2}){0,2}$/);
    expect(range![0]).toBeLessThan(value);
    expect(range![1]).toBeGreaterThan(value);
  }
});

test('every assumption is used, and every one that is used is there', () => {
  const text = JSON.stringify([behaviourOf({ needs: 4 }), behaviourOf({ needs: 4 }, [balancer])]);
  const used = new Set([...text.matchAll(/"assumption":"([^"]+)"/g)].map((match) => match[1]!));
  expect([...used].sort()).toEqual(assumptions.map(({ name }) => name).sort());
});
