import type { Random } from '../engine/random';
import type { HitLayout, Layout, LengthLayout } from './layout';
import type { World } from './world';

// Bound once: the loop below runs millions of times, and a look-up of a global costs as much as what it calls.
const { min } = Math;

/** Whether a region's control plane is out: by itself, or taken along by the outage of a zone. */
export function controlPlaneOut(layout: Layout, world: World, region: number, now: number): boolean {
  for (let i = 0; i < world.count[0]!; i++) {
    const c = world.present[i]!;
    const cause = layout.causes[c]!;
    if (isOver(world, c, now)) continue;
    if (cause.controlPlane === region || (cause.zoneRegion === region && world.tookControlPlane[c] === 1)) return true;
  }
  return false;
}

/** Whether a cause that is still listed as present has ended: what it has left behind goes on. */
export function isOver(world: World, c: number, now: number): boolean {
  return world.ends[c]! <= now;
}

/** A cause begins now; `level`, between 0 and 1, says how long it lasts among its kind. Returns the weight by which the choices that were drawn more often than they happen are corrected. */
export function start(layout: Layout, world: World, c: number, now: number, random: Random, level = random.uniform()): number {
  const cause = layout.causes[c]!;
  let weight = 1;
  world.began[c] = now;
  world.ends[c] = now + lengthOf(cause.length, random, level);
  world.present[world.count[0]!] = c;
  world.count[0]!++;
  world.caught[c] = cause.coverage !== null && random.happens(cause.coverage) ? 1 : 0;
  world.tookControlPlane[c] = cause.takesControlPlane > 0 && random.happens(cause.takesControlPlane) ? 1 : 0;
  for (const choice of cause.choices) {
    const fails = random.happens(choice.drawnToFail);
    world.works[choice.index] = fails ? 0 : 1;
    if (fails) weight *= choice.fails / choice.drawnToFail;
    else weight *= choice.works / (1 - choice.drawnToFail);
  }
  hit(layout, world, hitsOf(layout, world, c), c, now);
  return weight;
}

/** The units that a present cause hits by name. */
export function hitsOf(layout: Layout, world: World, c: number): readonly HitLayout[] {
  return world.caught[c] === 1 ? layout.causes[c]!.caughtHits : layout.causes[c]!.hits;
}

function hit(layout: Layout, world: World, hits: readonly HitLayout[], c: number, now: number): void {
  const ends = world.ends[c]!;
  for (const { index, unit, replacedAfter, needsControlPlane } of hits) {
    world.backAt[index] = min(ends, now + replacedAfter);
    world.hitWaits[index] = needsControlPlane && controlPlaneOut(layout, world, layout.units[unit]!.region, now) ? 1 : 0;
  }
}

function lengthOf(length: LengthLayout, random: Random, level: number): number {
  switch (length.form) {
    case 'fixed':
      return length.mean;
    case 'exponential':
      return random.exponential(length.mean, level);
    case 'lognormal':
      return random.lognormal(length.median, length.sigma, level);
  }
}
