import type { Random } from '../engine/random';
import type { CauseLayout, Layout } from './layout';
import { momentOf } from './moment';
import type { Moment } from './moment';
import { observe } from './observe';
import { settle } from './settle';
import { start } from './start';
import { noSums } from './tally';
import type { Sums } from './tally';
import { observeUsers } from './users';
import { place, worldOf } from './world';
import type { World } from './world';

// Bound once: the loop below runs millions of times, and a look-up of a global costs as much as what it calls.
const { exp, expm1, sqrt, max } = Math;

/** What some cycles brought. */
export interface Cycles {
  seconds: number;
  readonly alone: Sums;
  readonly together: Sums;
}

/** After the second cause of a cycle, a further one is looked at with this chance; the weight corrects for it. */
const goesOn = 0.4;

/**
 * Cycles from normal to normal. Most real cycles have one cause, so the rest would hardly be seen. Therefore each cycle is walked twice: once as if
 * no further cause came, each moment weighted with the chance that none has come, and once from a moment at which a further cause does come, weighted
 * with the density of that: exact, as importance sampling with splitting (Rubino and Tuffin, "Rare event simulation using Monte Carlo methods", 2009).
 */
export function runCycles(layout: Layout, random: Random, cycles: number): Cycles {
  const { causes, watched } = layout;
  const look = layout.divided.length > 0 ? observeUsers : observe;
  const world = worldOf(layout);
  const kept = worldOf(layout);
  const empty = worldOf(layout);
  const moment = momentOf(layout);
  const result: Cycles = { seconds: 0, alone: noSums(watched), together: noSums(watched) };
  const totalRate = causes.reduce((total, { rate }) => total + rate, 0);
  // Between cycles all is normal; the mean time of that needs no drawing.
  place(layout, empty, random);
  settle(layout, empty, moment, 0, random);
  look(layout, empty, moment, 0);
  empty.flowDown.set(moment.flowDown);
  result.seconds += totalRate > 0 ? cycles / totalRate : 1;
  addTime(result.alone, moment, result.seconds);
  if (totalRate === 0) return result;
  const first = firstCauses(causes);
  const nextCause = proposal(causes);
  const offset = random.uniform();
  let c = -1;
  let reached = 0;

  for (let n = 0; n < cycles; n++) {
    world.floats.set(empty.floats);
    world.ints.set(empty.ints);
    place(layout, world, random);

    // Even steps through the chances of first causes, and within each through its lengths: every chunk has its share of all.
    const step = (n + offset) / cycles;
    while (c < 0 || (reached < step && c < causes.length - 1)) reached += first[++c]!;
    const level = Math.min(Math.max((reached - step) / first[c]!, 1e-12), 1 - 1e-12);
    let weight = causes[c]!.rate / totalRate / first[c]!;
    let now = 0;
    let rate = totalRate - causes[c]!.rate;
    weight *= start(layout, world, c, now, random, level);

    for (let depth = 0; ; depth++) {
      const sums = depth === 0 ? result.alone : result.together;
      let stretches = 0;
      let chosenFrom = 0;
      let chosenLength = 0;
      let chosenWeight = 0;
      let chosenStretch = 1;
      for (;;) {
        settle(layout, world, moment, now, random);
        look(layout, world, moment, now);
        countOutages(sums, world, moment, weight);
        if (world.count[0] === 0) break;
        rate = absentRate(causes, world, totalRate);
        const length = world.next - now;
        const still = exp(-rate * length);
        const seconds = rate > 0 ? (weight * -expm1(-rate * length)) / rate : weight * length;
        result.seconds += seconds;
        addTime(sums, moment, seconds);
        // Square roots, so that the minutes of a switch-over are not lost in the hours that follow.
        const size = sqrt(length);
        stretches += size;
        // Of all stretches one stays, each with a chance in proportion to its size, whatever their number.
        if (size > 0 && random.uniform() * stretches < size) {
          kept.floats.set(world.floats);
          kept.ints.set(world.ints);
          chosenFrom = now;
          chosenLength = length;
          chosenWeight = weight;
          chosenStretch = size;
        }
        weight *= still;
        now = world.next;
      }
      if (chosenLength === 0) break;
      weight = chosenWeight * chosenLength * (stretches / chosenStretch);
      if (depth > 0) {
        if (!random.happens(goesOn)) break;
        weight /= goesOn;
      }
      world.floats.set(kept.floats);
      world.ints.set(kept.ints);
      const arrival = chosenLength * random.uniform();
      weight *= exp(-absentRate(causes, world, totalRate) * arrival);
      now = chosenFrom + arrival;
      const j = nextCause.draw(world, random);
      if (world.began[j]! >= 0) break;
      weight *= causes[j]!.rate / nextCause.density(world, j);
      weight *= start(layout, world, j, now, random);
    }
  }
  return result;
}

function addTime(sums: Sums, moment: Moment, seconds: number): void {
  for (let f = 0; f < sums.down.length; f++) {
    if (moment.flowDown[f] === 1) sums.down[f]! += seconds;
    if (moment.flowDegraded[f] === 1) sums.degraded[f]! += seconds;
    if (moment.flowFails[f]! > 0) sums.requestFailure[f]! += seconds * moment.flowFails[f]!;
  }
}

function countOutages(sums: Sums, world: World, moment: Moment, weight: number): void {
  for (let f = 0; f < sums.outages.length; f++) {
    if (moment.flowDown[f] === 1 && world.flowDown[f] === 0) sums.outages[f]! += weight;
    world.flowDown[f] = moment.flowDown[f]!;
  }
}

function absentRate(causes: readonly CauseLayout[], world: World, totalRate: number): number {
  let rate = totalRate;
  for (let i = 0; i < world.count[0]!; i++) rate -= causes[world.present[i]!]!.rate;
  return max(rate, 0);
}

/** Chances of the first cause: a mixture, so that neither rare nor short nor long ones are missed. */
function firstCauses(causes: readonly CauseLayout[]): number[] {
  const rates = causes.reduce((total, { rate }) => total + rate, 0);
  const loads = causes.reduce((total, { rate, meanLength }) => total + rate * meanLength, 0);
  const possible = causes.filter(({ rate }) => rate > 0).length;
  return causes.map(({ rate, meanLength }) => (rate > 0 ? (1 / possible + rate / rates + (rate * meanLength) / loads) / 3 : 0));
}

interface Proposal {
  /** Draws a further cause; one that is present already counts as none. */
  draw(world: World, random: Random): number;
  density(world: World, j: number): number;
}

/** Further causes: half of them companions of a present one, a quarter any, a quarter by rate. */
function proposal(causes: readonly CauseLayout[]): Proposal {
  const rates = causes.reduce((total, { rate }) => total + rate, 0);
  const cumulated = Float64Array.from(causes, () => 0);
  causes.reduce((total, { rate }, i) => (cumulated[i] = total + rate / rates), 0);
  const isCompanion = causes.map(({ companions }) => Uint8Array.from(causes, (_, j) => (companions.includes(j) ? 1 : 0)));
  return {
    draw(world, random) {
      const u = random.uniform();
      if (u < 0.25) return random.integer(causes.length);
      if (u < 0.5) {
        const v = random.uniform();
        let j = 0;
        while (j < causes.length - 1 && cumulated[j]! < v) j++;
        return j;
      }
      const { companions } = causes[world.present[random.integer(world.count[0]!)]!]!;
      return companions.length > 0 ? companions[random.integer(companions.length)]! : random.integer(causes.length);
    },
    density(world, j) {
      const present = world.count[0]!;
      let near = 0;
      for (let i = 0; i < present; i++) {
        const p = world.present[i]!;
        const { length } = causes[p]!.companions;
        near += length === 0 ? 1 / causes.length : isCompanion[p]![j]! / length;
      }
      return 0.25 / causes.length + (0.25 * causes[j]!.rate) / rates + (0.5 * near) / present;
    },
  };
}
