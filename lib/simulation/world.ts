import type { Random } from '../engine/random';
import type { Layout } from './layout';

/**
 * Everything that changes with time, in two buffers, so that a moment can be kept and returned to. Times are seconds since the cycle's first cause
 * began.
 */
export interface World {
  readonly floats: Float64Array;
  readonly ints: Int32Array;
  /** The earliest time after now at which something ends, returns, is noticed, moved or promoted. */
  next: number;

  /** Per cause: when the present occurrence began and ends; −1 while absent. */
  readonly began: Float64Array;
  readonly ends: Float64Array;
  /** Per hit: when the unit is back. */
  readonly backAt: Float64Array;
  /** Per unit: when the outage of the zone in which it lives began, as far as it has met it (−1: has not), and when it can move. */
  readonly metOutage: Float64Array;
  readonly movesAt: Float64Array;
  /** Per group: the boundary of its last switch-over, and the end of that one's cause. */
  readonly switchedAt: Float64Array;
  readonly switchCauseEnds: Float64Array;
  /** Per unit: when it has caught up with the one that served while its zone was out. */
  readonly currentAt: Float64Array;

  /** Causes that are present, in the order in which they began: the first `count[0]` entries. */
  readonly present: Int32Array;
  readonly count: Int32Array;
  readonly caught: Int32Array;
  readonly tookControlPlane: Int32Array;
  /** Per choice: whether it works in the present occurrence. */
  readonly works: Int32Array;
  /** Per hit and per unit: launch or move waits for the control plane. */
  readonly hitWaits: Int32Array;
  readonly moveWaits: Int32Array;
  readonly home: Int32Array;
  readonly lives: Int32Array;
  readonly serving: Int32Array;
  /** Per component: the shard of the user that is followed. */
  readonly shard: Int32Array;
  readonly flowDown: Int32Array;
}

/** A world in which everything is normal and nothing placed yet. */
export function worldOf(layout: Layout): World {
  const causes = layout.causes.length;
  const units = layout.units.length;
  const groups = layout.groups.length;
  const floats = new Float64Array(2 * causes + layout.hitCount + 3 * units + 2 * groups);
  const ints = new Int32Array(
    1 + 3 * causes + layout.choiceCount + layout.hitCount + 3 * units + groups + layout.components.length + layout.watched,
  );
  let float = 0;
  let int = 0;
  const someFloats = (length: number): Float64Array => floats.subarray(float, (float += length));
  const someInts = (length: number): Int32Array => ints.subarray(int, (int += length));
  return {
    floats,
    ints,
    next: Infinity,
    began: someFloats(causes).fill(-1),
    ends: someFloats(causes).fill(-1),
    backAt: someFloats(layout.hitCount),
    metOutage: someFloats(units).fill(-1),
    movesAt: someFloats(units),
    switchedAt: someFloats(groups).fill(-1),
    switchCauseEnds: someFloats(groups).fill(-1),
    currentAt: someFloats(units).fill(-1),
    count: someInts(1),
    present: someInts(causes),
    caught: someInts(causes),
    tookControlPlane: someInts(causes),
    works: someInts(layout.choiceCount),
    hitWaits: someInts(layout.hitCount),
    moveWaits: someInts(units),
    home: someInts(units),
    lives: someInts(units),
    serving: someInts(groups),
    shard: someInts(layout.components.length),
    flowDown: someInts(layout.watched),
  };
}

/** What AWS draws while all is normal: zones, primaries, and which user is followed. */
export function place(layout: Layout, world: World, random: Random): void {
  for (let u = 0; u < layout.units.length; u++) world.home[u] = layout.units[u]!.home;
  for (let g = 0; g < layout.groups.length; g++) world.serving[g] = layout.groups[g]!.units[0]!;
  for (const { outcomes } of layout.draws) {
    const outcome = outcomes[random.integer(outcomes.length)]!;
    for (let i = 0; i < outcome.units.length; i++) world.home[outcome.units[i]!] = outcome.zones[i]!;
    for (let i = 0; i < outcome.groups.length; i++) world.serving[outcome.groups[i]!] = outcome.primaries[i]!;
  }
  world.lives.set(world.home);
  for (let c = 0; c < layout.components.length; c++) {
    const { shards } = layout.components[c]!;
    world.shard[c] = shards > 0 ? random.integer(shards) : -1;
  }
}
