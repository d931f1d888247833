import type { Random } from '../engine/random';
import type { GroupLayout, Layout, UnitLayout } from './layout';
import type { Moment } from './moment';
import { hitsOf, isOver } from './start';
import type { World } from './world';

// Bound once: the loop below runs millions of times, and a look-up of a global costs as much as what it calls.
const never = Infinity;

/** Brings the world to now: ends what is over, launches, moves and promotes what is due, and sets `next` to the time of the next such thing. */
export function settle(layout: Layout, world: World, moment: Moment, now: number, random: Random): void {
  world.next = never;
  do lookAround(layout, world, moment, now);
  while (endCauses(layout, world, moment, now));
  for (let u = 0; u < layout.units.length; u++) {
    moment.unitOut[u] = 0;
    moment.unitNoticed[u] = 0;
    moment.unitCause[u] = -1;
  }
  hitUnits(layout, world, moment, now);
  if (disturbed(layout, world, moment)) for (let u = 0; u < layout.units.length; u++) settleUnit(layout, world, moment, u, now, random);
  for (let g = 0; g < layout.groups.length; g++) {
    const group = layout.groups[g]!;
    if (group.form === 'promoted') promote(world, moment, group, g, now);
    moment.groupFails[g] = fails(world, moment, group, g, false);
    moment.groupFailsOutside[g] = layout.components[group.component]!.outside === 'soft' ? fails(world, moment, group, g, true) : 0;
  }
}

/** Whether any zone is out or cut off, or a unit lives where it did not before. */
function disturbed(layout: Layout, world: World, moment: Moment): boolean {
  for (let z = 0; z < layout.zones.length; z++) if (moment.zoneCause[z]! >= 0 || moment.cutOff[z] === 1) return true;
  for (let u = 0; u < layout.units.length; u++) if (world.lives[u] !== world.home[u] || world.metOutage[u]! >= 0) return true;
  return false;
}

function lookAround(layout: Layout, world: World, moment: Moment, now: number): void {
  // Loops, since calls of fill on arrays this short take longer than all the rest.
  for (let z = 0; z < layout.zones.length; z++) {
    moment.zoneCause[z] = -1;
    moment.cutOff[z] = 0;
  }
  for (let r = 0; r < layout.regions.length; r++) {
    moment.controlPlaneOut[r] = 0;
    moment.regionOut[r] = 0;
  }
  for (let c = 0; c < layout.components.length; c++) moment.componentOut[c] = 0;
  for (let i = 0; i < world.count[0]!; i++) {
    const c = world.present[i]!;
    const cause = layout.causes[c]!;
    if (cause.zone >= 0 && !isOver(world, c, now)) {
      if (moment.zoneCause[cause.zone]! < 0) moment.zoneCause[cause.zone] = c;
      if (world.tookControlPlane[c] === 1) moment.controlPlaneOut[cause.zoneRegion] = 1;
    }
    if (cause.region >= 0) moment.regionOut[cause.region] = 1;
    if (cause.controlPlane >= 0) moment.controlPlaneOut[cause.controlPlane] = 1;
    if (cause.component >= 0 && world.caught[c] === 0) moment.componentOut[cause.component] = 1;
    if (cause.part >= 0) cutOff(layout, moment, cause.part);
  }
  for (let p = 0; p < layout.parts.length; p++) {
    const { livesIn } = layout.parts[p]!;
    if (livesIn >= 0 && moment.zoneCause[livesIn]! >= 0) cutOff(layout, moment, p);
  }
}

function cutOff(layout: Layout, moment: Moment, part: number): void {
  const { zones } = layout.parts[part]!;
  for (let i = 0; i < zones.length; i++) moment.cutOff[zones[i]!] = 1;
}

/** Removes causes that are over; one that has a unit waiting to be launched, or after which units catch up, is not. */
function endCauses(layout: Layout, world: World, moment: Moment, now: number): boolean {
  let kept = 0;
  const before = world.count[0]!;
  for (let i = 0; i < before; i++) {
    const c = world.present[i]!;
    const until = world.ends[c]! + layout.causes[c]!.tail;
    if (until <= now && !stillWaits(layout, world, moment, c)) {
      world.began[c] = -1;
      continue;
    }
    const next = isOver(world, c, now) ? until : world.ends[c]!;
    if (next > now && next < world.next) world.next = next;
    world.present[kept++] = c;
  }
  world.count[0] = kept;
  return kept < before;
}

function stillWaits(layout: Layout, world: World, moment: Moment, c: number): boolean {
  for (const { index, unit } of hitsOf(layout, world, c)) {
    if (world.hitWaits[index] === 1 && moment.controlPlaneOut[layout.units[unit]!.region] === 1) return true;
  }
  return false;
}

function hitUnits(layout: Layout, world: World, moment: Moment, now: number): void {
  for (let i = 0; i < world.count[0]!; i++) {
    const c = world.present[i]!;
    for (const { index, unit } of hitsOf(layout, world, c)) {
      if (world.hitWaits[index] === 1 && moment.controlPlaneOut[layout.units[unit]!.region] === 0) world.hitWaits[index] = 0;
      if (world.hitWaits[index] === 0) {
        if (now >= world.backAt[index]!) continue;
        if (world.backAt[index]! < world.next) world.next = world.backAt[index]!;
      }
      takeOut(layout, world, moment, unit, c, now);
    }
  }
}

function takeOut(layout: Layout, world: World, moment: Moment, u: number, c: number, now: number): void {
  moment.unitOut[u] = 1;
  const known = moment.unitCause[u]!;
  if (known < 0 || world.began[c]! < world.began[known]!) moment.unitCause[u] = c;
  const { detection } = layout.units[u]!;
  if (detection < 0) return;
  const noticedAt = world.began[c]! + detection;
  if (now >= noticedAt) moment.unitNoticed[u] = 1;
  else if (noticedAt < world.next) world.next = noticedAt;
}

function settleUnit(layout: Layout, world: World, moment: Moment, u: number, now: number, random: Random): void {
  const unit = layout.units[u]!;
  const home = world.home[u]!;
  if (world.lives[u] !== home && moment.zoneCause[home]! < 0) arrive(world, u, home);
  const c = moment.zoneCause[world.lives[u]!]!;
  if (c < 0) {
    if (world.metOutage[u]! >= 0) comesBack(layout, world, u, now);
    world.metOutage[u] = -1;
  } else if (!moves(world, moment, unit, u, c, now, random)) takeOut(layout, world, moment, u, c, now);
  // What cannot reach the outside is dead to its users, yet answers the balancer's check.
  if (layout.components[unit.component]!.outside === 'hard' && moment.cutOff[world.lives[u]!] === 1) moment.unitOut[u] = 1;
}

/** The zone of a unit is back. It has missed something where another zone holds the unit that serves now. */
function comesBack(layout: Layout, world: World, u: number, now: number): void {
  for (let g = 0; g < layout.groups.length; g++) {
    const group = layout.groups[g]!;
    if (group.catchUp === 0 || !group.units.includes(u)) continue;
    if (world.lives[world.serving[g]!] !== world.lives[u]) world.currentAt[u] = now + group.catchUp;
  }
}

function arrive(world: World, u: number, zone: number): void {
  world.lives[u] = zone;
  world.metOutage[u] = -1;
}

/** A unit whose zone is out: whether it now lives elsewhere. */
function moves(world: World, moment: Moment, unit: UnitLayout, u: number, c: number, now: number, random: Random): boolean {
  if (world.metOutage[u] !== world.began[c]) {
    world.metOutage[u] = world.began[c]!;
    const choice = unit.spareChoice[c]!;
    world.movesAt[u] = choice >= 0 && world.works[choice] === 1 ? world.began[c]! + unit.movesAfter : never;
    // What counts is whether the control plane was out when it was needed.
    world.moveWaits[u] = unit.moveNeedsControlPlane && moment.controlPlaneOut[unit.region] === 1 ? 1 : 0;
  }
  if (world.moveWaits[u] === 1 && moment.controlPlaneOut[unit.region] === 0) world.moveWaits[u] = 0;
  if (world.moveWaits[u] === 1) return false;
  if (now < world.movesAt[u]!) {
    if (world.movesAt[u]! < world.next) world.next = world.movesAt[u]!;
    return false;
  }
  const zone = emptiestZone(world, moment, unit, random);
  if (zone < 0) return false;
  arrive(world, u, zone);
  return true;
}

/** The live zone with fewest of the unit's peers, by lot among equals; −1: all are out. */
function emptiestZone(world: World, moment: Moment, unit: UnitLayout, random: Random): number {
  let best = -1;
  let fewest = never;
  let equals = 0;
  for (let i = 0; i < unit.zones.length; i++) {
    const zone = unit.zones[i]!;
    if (moment.zoneCause[zone]! >= 0) continue;
    let living = 0;
    for (let j = 0; j < unit.peers.length; j++) if (world.lives[unit.peers[j]!] === zone) living++;
    equals = living < fewest ? 1 : living === fewest ? equals + 1 : equals;
    if (living < fewest || (living === fewest && random.integer(equals) === 0)) best = zone;
    if (living < fewest) fewest = living;
  }
  return best;
}

/** When the serving unit has been out for long enough, the first standby that is there and has caught up serves. */
function promote(world: World, moment: Moment, group: GroupLayout, g: number, now: number): void {
  const serving = world.serving[g]!;
  const c = moment.unitCause[serving]!;
  if (c < 0 || group.units.length === 1) return;
  const choice = group.failoverChoice[c]!;
  const boundary = world.began[c]! + (choice < 0 || world.works[choice] === 1 ? group.switchOver : group.operator);
  if (now < boundary) {
    if (boundary < world.next) world.next = boundary;
    return;
  }
  for (let i = 0; i < group.units.length; i++) {
    const unit = group.units[i]!;
    if (moment.unitOut[unit] === 1) continue;
    if (now < world.currentAt[unit]!) {
      if (world.currentAt[unit]! < world.next) world.next = world.currentAt[unit]!;
      continue;
    }
    world.serving[g] = unit;
    world.switchedAt[g] = boundary;
    world.switchCauseEnds[g] = world.ends[c]!;
    return;
  }
}

function fails(world: World, moment: Moment, group: GroupLayout, g: number, outsideCounts: boolean): number {
  const isOut = (unit: number): boolean => moment.unitOut[unit] === 1 || (outsideCounts && moment.cutOff[world.lives[unit]!] === 1);
  if (group.form === 'promoted') return isOut(world.serving[g]!) ? 1 : 0;
  let up = 0;
  for (let i = 0; i < group.units.length; i++) if (!isOut(group.units[i]!)) up++;
  return up < group.needs ? 1 : 0;
}
