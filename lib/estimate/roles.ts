import type { Events } from '../fault-tree/events';
import type { Topology } from '../topology/topology';

/** What an event is for a cut set, as in lib/kernel/assembly/families.ts. */
export const OTHER = 0;
export const CAUSE = 1;
/** No set may contain it. */
export const NEVER = 2;
/** Where AWS has put something. */
export const PLACE = 4;

/** How an event turns out when a cause is alone, as in lib/kernel/assembly/alone.ts. A cause comes to its presence behind so many tails. */
const ABSENT = -1;
const ANY = -2;
const FIRST = -3;
const SECOND = -4;

/** Of more units, which of them have failed since an outage began are too many sets, each too unlikely to be listed. */
const manyUnits = 10;

export function roleOf({ owners, sources }: Events, event: number, { components }: Topology): number {
  const source = sources[event]!;
  if (source.type === 'cause') return CAUSE;
  if (source.type === 'choice') return source.choice.what === 'place' ? PLACE : OTHER;
  const owner = components[owners[event]!];
  return owner !== undefined && owner.behaviour.units.length > manyUnits ? NEVER : OTHER;
}

/** When a cause is alone, recoveries work, a bad change is not caught, and every place is possible. */
export function fallOf(source: Events['sources'][number]): number {
  if (source.type === 'cause') return source.tails.length;
  if (source.type === 'relaunch') return ABSENT;
  switch (source.choice.what) {
    case 'place':
    case 'shard':
      return ANY;
    case 'control-plane':
    case 'caught':
      return SECOND;
    default:
      return FIRST;
  }
}
