import type { Behaviour, Cause, Group, Unit } from '../../topology/behaviour';
import type { KindContext } from '../../topology/kind';
import { placesOf, primariesOf } from '../../topology/place';
import type { Quantity } from '../../topology/quantity';
import { shardsOf, type Shard } from './nodes';
import type { DatabaseSettings } from './settings';

const assumed = (name: string): Quantity => ({ assumption: `database.${name}` });

/** How a database fails and recovers. */
export function describe(settings: DatabaseSettings, { name, region }: KindContext): Behaviour {
  const shards = shardsOf(name, settings, region.zones);
  const lone = shards.every(({ nodes }) => nodes.length === 1);
  return {
    units: shards.flatMap(({ nodes, replicas }) => [...nodes, ...replicas]),
    causes: shards.flatMap(({ nodes, replicas }) => [
      ...nodes.map((node) => nodeCause(node, lone ? (settings.form === 'aurora' ? 'auroraRecreate' : 'singleRecovery') : 'nodeRepair')),
      ...replicas.map((replica) => nodeCause(replica, 'singleRecovery')),
    ]),
    groups: shards.flatMap((shard) => [writer(shard, settings, region.zones), ...readReplicas(shard)]),
    balanced: null,
    notModelled: notModelled(settings),
    backup: { intervalSeconds: logsEvery, standbysAreCurrent: settings.form !== 'single' },
  };
}

function nodeCause({ address }: Unit, length: string): Cause {
  return {
    address,
    scope: 'unit',
    occurrence: { perYear: assumed('nodeFailuresPerYear'), length: { distribution: 'exponential', mean: assumed(length), sigma: null } },
    hits: { units: [address] },
    caught: null,
  };
}

// RDS and Aurora restore to any second up to the last five minutes: docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html.
const logsEvery = 300;

const switchOvers = {
  'multi-az-instance': 'multiAzInstanceSwitchOver',
  'multi-az-cluster': 'multiAzClusterSwitchOver',
  aurora: 'auroraSwitchOver',
} as const;

/** How long a standby catches up once its zone is back. Nodes of Aurora share a volume: there is nothing to catch up with. */
const catchUps = { 'multi-az-instance': 'standbyResync', 'multi-az-cluster': 'clusterCatchUp', aurora: null } as const;

/** What takes writes. A lone node comes back in its own zone, and only when that is back: its volume lives there. */
function writer({ index, role, nodes }: Shard, { form }: DatabaseSettings, zones: readonly string[]): Group {
  const base = { name: role || 'nodes', units: nodes.map(({ address }) => address), shard: index, without: 'down' } as const;
  const anywhere = nodes.some(({ zone }) => zone === null);
  if (nodes.length === 1 || form === 'single') {
    const place = anywhere ? { outcomes: placesOf(nodes, zones) } : null;
    return { ...base, form: 'pool', needs: 1, replacement: null, place };
  }
  const catchUp = catchUps[form];
  return {
    ...base,
    form: 'promoted',
    place: { outcomes: primariesOf(nodes, zones) },
    switchOver: { sum: [assumed(switchOvers[form]), assumed('clientsReconnect')] },
    coverage: assumed('switchOverWorks'),
    operator: assumed('operatorSwitchOver'),
    ...(catchUp === null ? {} : { catchUp: assumed(catchUp) }),
  };
}

function readReplicas({ index, role, replicas }: Shard): Group[] {
  if (replicas.length === 0) return [];
  const units = replicas.map(({ address }) => address);
  const name = role ? `${role}-replicas` : 'replicas';
  return [{ name, units, shard: index, without: 'degraded', form: 'pool', needs: units.length, replacement: null, place: null }];
}

function notModelled({ form, readers, readReplicas: replicas }: DatabaseSettings): string[] {
  return [
    'Planned maintenance, upgrades and changes of parameters of a database, which restart or switch over its nodes.',
    'What takes all nodes of a database at once: a fault of its engine, corrupted data, full storage, exhausted connections, a runaway query.',
    ...(form === 'multi-az-cluster' ? ['A Multi-AZ cluster whose two standbys are both out: its commits wait for one of them.'] : []),
    ...(form === 'multi-az-instance' || form === 'multi-az-cluster'
      ? [
          'Which node of a database has the last writes: after all were out, the first that is back in step serves, though AWS may wait for another.',
        ]
      : []),
    ...(form === 'aurora' ? ['The shared volume of an Aurora cluster, kept six times in three zones.'] : []),
    ...(readers > 0 || form === 'multi-az-cluster'
      ? ['Reads that need the readers or readable standbys of a database while some are out.']
      : []),
    ...(replicas > 0 ? ['How far a read replica lags behind, and its promotion by a person.'] : []),
  ];
}
