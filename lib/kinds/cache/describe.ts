import type { Behaviour, Cause, Group, Unit } from '../../topology/behaviour';
import type { KindContext } from '../../topology/kind';
import { placesOf, primariesOf } from '../../topology/place';
import type { Quantity } from '../../topology/quantity';
import { shardsOf, type Shard } from './nodes';
import type { CacheSettings } from './settings';

const assumed = (name: string): Quantity => ({ assumption: `cache.${name}` });

/** How a cache fails and recovers. */
export function describe(settings: CacheSettings, { name, region }: KindContext): Behaviour {
  const shards = shardsOf(name, settings, region.zones);
  return {
    units: shards.flatMap(({ nodes }) => nodes),
    causes: shards.flatMap(({ nodes }) => nodes.map(nodeCause)),
    groups: shards.map((shard) => primary(shard, region.zones)),
    balanced: null,
    notModelled: [
      'Planned maintenance and upgrades of a cache, which switch over its nodes.',
      'What a cache has lost when all copies of its data are gone, or the last writes before a switch-over, and the load of filling it again.',
      'What takes all nodes of a cache at once: full memory, exhausted connections, a fault of its engine.',
      ...(settings.form === 'cluster'
        ? ['A cache cluster of which most primaries are out at once: the others promote nothing until they agree.']
        : []),
    ],
    // Replicas are behind: the last writes before a switch-over are lost, and what is restored is as old as the daily snapshot.
    backup: { intervalSeconds: 86_400, standbysAreCurrent: false },
  };
}

function nodeCause({ address }: Unit): Cause {
  return {
    address,
    scope: 'unit',
    occurrence: {
      perYear: assumed('nodeFailuresPerYear'),
      length: { distribution: 'exponential', mean: assumed('nodeRecreate'), sigma: null },
    },
    hits: { units: [address] },
    caught: null,
  };
}

/** What takes writes. A lone node is created anew, empty, in its own zone, and only when that is back. */
function primary({ index, name, nodes }: Shard, zones: readonly string[]): Group {
  const base = { name, units: nodes.map(({ address }) => address), shard: index, without: 'down' } as const;
  if (nodes.length === 1) {
    const place = nodes[0]!.zone === null ? { outcomes: placesOf(nodes, zones) } : null;
    return { ...base, form: 'pool', needs: 1, replacement: null, place };
  }
  return {
    ...base,
    form: 'promoted',
    place: { outcomes: primariesOf(nodes, zones) },
    switchOver: { sum: [assumed('failureDetection'), assumed('promotion'), assumed('clientsReconnect')] },
    coverage: assumed('switchOverWorks'),
    operator: assumed('operatorSwitchOver'),
    catchUp: assumed('replicaSync'),
  };
}
