import { Random } from '../../lib/engine/random';
import { kinds } from '../../lib/kinds/kinds.generated';
import { regionAssumptions } from '../../lib/resolve/assumptions';
import type { Assumption } from '../../lib/assumptions/assumption';
import type { Plain, PlainValue } from '../../lib/topology/plain';
import { oneOf, some, whole } from '../random-topologies/draw';
import {
  balancerSettings,
  cacheSettings,
  clean,
  databaseSettings,
  dnsSettings,
  externalSettings,
  instancesSettings,
  maybe,
  queueSettings,
  routingSettings,
  type Place,
} from './settings';

const regions = ['us-east-1', 'eu-central-1', 'ap-northeast-1'];

/** What a group of instances may stand on, drawn before it. */
interface Part {
  readonly name: string;
  readonly settings: Plain;
}

/**
 * A valid spec, small to medium, of every kind: the same seed gives the same spec. Targets are low or not enforced, so that synthesis never refuses it.
 * @example loadSpec(JSON.stringify(randomSpec(7)), 'random-7.json').topology
 */
export function randomSpec(seed: number): Plain {
  const random = new Random(seed);
  const region = oneOf(random, regions);
  // Balancers and databases need two zones; without them one is enough.
  const alone = random.happens(0.1);
  const letters = alone ? ['a'] : oneOf(random, ['ab', 'abc', 'acd', 'bdf', 'abcd', 'ah']).split('');
  const place: Place = { region, zones: letters.map((letter) => region + letter) };
  const stores = storesOf(random.split('stores'), place);
  const services = servicesOf(random.split('services'), place, stores);
  const components = [...services, ...stores];
  const top = random.split('top');
  return clean({
    version: 1,
    name: oneOf(top, ['shop', 'bank', 'a1', 'long-name']),
    account: maybe(top, 0.4, () => '123456789012'),
    assumeRole: maybe(top, 0.1, () => 'arn:aws:iam::123456789012:role/deploy'),
    namePrefix: maybe(top, 0.2, () => oneOf(top, ['t-', 'x1-'])),
    tags: maybe(top, 0.3, () => ({ team: 'orders', 'cost-centre': '4711' })),
    provider: maybe(top, 0.1, () => ({ max_retries: 5 })),
    backend: maybe(top, 0.4, () => backendOf(top)),
    regions: {
      [region]: clean({ zones: [...place.zones], cidr: cidrOf(top), nat: maybe(top, 0.6, () => oneOf(top, ['per-zone', 'shared'])) }),
    },
    components: Object.fromEntries(
      components.map(({ name, settings }) => [name, withExtras(random.split(`extra ${name}`), name, settings)]),
    ),
    flows: flowsOf(random.split('flows'), components),
    labels: labelsOf(random.split('labels')),
    allowReplacement: maybe(random.split('losses'), 0.2, () => ({ 'former-db': 'moved to another service' })),
    assumptions: maybe(top, 0.3, () => overridesOf(top, regionAssumptions)),
  });
}

function cidrOf(random: Random): string {
  return oneOf(random, [
    `10.${whole(random, 0, 255)}.0.0/16`,
    `172.${whole(random, 16, 31)}.128.0/18`,
    `192.168.${whole(random, 0, 127) * 2}.0/23`,
  ]);
}

function backendOf(random: Random): PlainValue {
  const s3 = clean({
    bucket: 'shop-terraform-state',
    key: maybe(random, 0.5, () => 'shop/state.json'),
    region: maybe(random, 0.5, () => 'eu-west-1'),
  });
  return random.happens(0.3) ? 'local' : { s3 };
}

function storesOf(random: Random, place: Place): Part[] {
  const makers: readonly (readonly [string, number, () => Plain])[] = [
    ['db', place.zones.length > 1 ? 2 : 0, () => databaseSettings(random, place)],
    ['cache', 1, () => cacheSettings(random, place)],
    ['jobs', 1, () => queueSettings(random, place)],
    ['partner', 1, () => externalSettings(random)],
  ];
  const parts = makers.flatMap(([name, most, make]) =>
    Array.from({ length: whole(random, 0, most) }, (_, i) => ({ name: `${name}-${'xy'[i]}`, settings: make() })),
  );
  return parts.length > 0 ? parts : [{ name: 'jobs-z', settings: queueSettings(random, place) }];
}

/** Services from the last to the first, so that each may stand on those before which it is drawn. */
function servicesOf(random: Random, place: Place, stores: readonly Part[]): Part[] {
  const parts: Part[] = [];
  const below = stores.map(({ name }) => name);
  for (let i = whole(random, 0, 2); i >= 0; i--) {
    const name = oneOf(random, ['web', 'order', 'pay']) + i;
    const type = place.zones.length > 1 ? maybe(random, 0.75, () => oneOf(random, ['application', 'network'] as const)) : undefined;
    const dependsOn = some(random, below, 0.6).map((on): PlainValue => {
      const form = whole(random, 0, 4);
      if (form > 1) return on;
      return form === 0 ? { on, without: 'degraded' } : { on, without: 'down' };
    });
    const settings = instancesSettings(random, type);
    parts.unshift({ name, settings: dependsOn.length > 0 ? { ...settings, dependsOn } : settings });
    if (!type) continue;
    const facing = random.happens(0.6);
    const front = `${name}-lb`;
    parts.unshift({ name: front, settings: { ...balancerSettings(random, place, type, facing), dependsOn: [name] } });
    if (facing && random.happens(0.6)) {
      const settings = dnsSettings(random);
      parts.unshift({ name: `${name}-dns`, settings: { ...settings, ...routingSettings(random, settings.routing), dependsOn: [front] } });
    }
    // Others reach it inside the network; from outside, nobody of this topology does.
    if (!facing) below.push(front);
  }
  return parts;
}

/** An argument of the provider that the kind lacks and that any of its resources takes. */
function past(settings: Plain): Plain | undefined {
  switch (settings.kind) {
    case 'cache':
      return { group: { data_tiering_enabled: false } };
    case 'database':
      return {
        [settings.form === 'aurora' || settings.form === 'multi-az-cluster' ? 'cluster' : 'instance']: { apply_immediately: false },
      };
    case 'dns':
      return { record: { allow_overwrite: false } };
    case 'instances':
      return { group: { default_cooldown: 120 } };
    case 'load-balancer':
      return { balancer: { enable_waf_fail_open: false } };
    case 'queue':
      return { queue: { delay_seconds: 5 } };
    default:
      return undefined;
  }
}

/** What any component may have. */
function withExtras(random: Random, name: string, settings: Plain): Plain {
  const kind = kinds.find((candidate) => candidate.name === settings.kind);
  const assumptions = kind?.assumptions ?? [];
  const further = past(settings);
  return {
    ...settings,
    ...clean({
      assumptions: assumptions.length > 0 ? maybe(random, 0.15, () => overridesOf(random, [oneOf(random, assumptions)])) : undefined,
      terraform: further && maybe(random, 0.1, () => ({ reason: 'Asked for by those who run it.', ...further })),
      dependsOn: settings.dependsOn ?? (kind?.mayDependOn.length === 0 ? maybe(random, 0.05, () => []) : undefined),
      was: maybe(random, 0.1, () => `former-${name}`),
      allowReplacement: maybe(random.split(name), 0.2, () => 'what it holds can be made again'),
    }),
  };
}

function overridesOf(random: Random, assumptions: readonly Assumption[]): Plain {
  const chosen = some(random, assumptions, assumptions.length === 1 ? 1 : 0.3);
  return Object.fromEntries(chosen.map((assumption) => [assumption.name, overrideOf(random, assumption)]));
}

/** Another value within the range, with or without a range of its own. */
function overrideOf(random: Random, { unit, value, range }: Assumption): Plain {
  const written = (number: number): PlainValue => (unit === 'seconds' ? `${Math.max(1, Math.round(number * 1000))}ms` : number);
  const [low, high] = range ?? [value, value];
  return clean({
    value: written(value),
    range: maybe(random, 0.5, () =>
      low > 0 && (unit !== 'probability' || high < 1) ? [written(low), written(high)] : [written(value), written(value)],
    ),
    ...(random.happens(0.5) ? { source: 'Our records' } : { reason: 'Asked of those who know.' }),
    date: maybe(random, 0.3, () => '2026-05'),
  });
}

function flowsOf(random: Random, components: readonly Part[]): Plain {
  const used = new Set(components.flatMap(({ settings }) => ((settings.dependsOn ?? []) as readonly PlainValue[]).map(nameOf)));
  const entries = components.map(({ name }) => name).filter((name) => !used.has(name));
  const names = ['browse', 'checkout', 'track'].slice(0, whole(random, 1, 3));
  return Object.fromEntries(names.map((name) => [name, flowOf(random, components, entries)]));
}

function nameOf(dependency: PlainValue): PlainValue {
  return typeof dependency === 'object' && dependency !== null && 'on' in dependency ? (dependency as Plain).on! : dependency;
}

function flowOf(random: Random, components: readonly Part[], entries: readonly string[]): Plain {
  const participants = components
    .filter(({ settings }) => ['instances', 'database', 'external'].includes(String(settings.kind)))
    .map(({ name }) => name);
  const drawn = some(random, participants, 0.4);
  const atomic = random.happens(0.4) && drawn.length > 1 ? drawn : undefined;
  const requires = some(random, entries, 0.7);
  return clean({
    requires: requires.length > 0 ? requires : atomic ? undefined : [oneOf(random, entries)],
    atomic,
    target: maybe(random, 0.7, () => targetOf(random)),
    labels: labelsOf(random.split('labels')),
  });
}

/** Of a stream of their own, so that what is drawn beside them stays as it was. */
function labelsOf(random: Random): Plain | undefined {
  return maybe(random, 0.3, () => ({ tier: oneOf(random, ['critical', 'internal']), 'example.com/team': 'shop' }));
}

function targetOf(random: Random): Plain {
  const enforce = maybe(random, 0.5, () => false);
  return clean({
    availability: enforce === false ? oneOf(random, ['99.9%', '99.99%', '99%']) : '1%',
    measure: maybe(random, 0.6, () => oneOf(random, ['time', 'requests'])),
    includesChange: maybe(random, 0.5, () => random.happens(0.5)),
    enforce: enforce ?? maybe(random, 0.3, () => true),
    rto: maybe(random, 0.3, () => oneOf(random, ['15m', '4h'])),
    rpo: maybe(random, 0.3, () => oneOf(random, ['0s', '5m'])),
  });
}
