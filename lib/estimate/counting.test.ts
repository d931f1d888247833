import { stateOffsets } from '../engine/diagram';
import { Formula } from '../engine/formula';
import { Random } from '../engine/random';
import { COMPONENT, UNIT } from '../fault-tree/events';
import { Kernel } from '../kernel/kernel';
import { Joint } from './joint';
import { Program } from './program';

interface Group {
  readonly p: number;
  readonly count: number;
}

/** P(exactly k dead) for each k, unit by unit. */
function oneByOne(units: readonly number[]): number[] {
  let chances = [1];
  for (const p of units) {
    const next = Array.from({ length: chances.length + 1 }, () => 0);
    chances.forEach((chance, k) => {
      next[k] = next[k]! + chance * (1 - p);
      next[k + 1] = next[k + 1]! + chance * p;
    });
    chances = next;
  }
  return chances;
}

const from = (chances: readonly number[], k: number): number =>
  chances
    .slice(k)
    .reverse()
    .reduce((sum, chance) => sum + chance, 0);

/** How far a number is from what it should be, relatively. */
const off = (actual: number, expected: number): number => (expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1));

/** Units with an event for each group: dead is the event, noticed a part of it. */
function jointOf(groups: readonly Group[], noticedPart = 0) {
  const formula = new Formula();
  const literals = groups.map((_, i) => formula.ladder(`unit ${i}`, 2));
  const states = Float64Array.from(groups.flatMap(({ p }) => [1 - p, p * (1 - noticedPart), p * noticedPart]));
  const order = groups.map((_, i) => i);
  const joint = new Joint(
    new Kernel(),
    formula,
    groups.map(() => UNIT),
    order,
    { offsets: stateOffsets(formula), states },
  );
  expect(COMPONENT).toBeLessThan(UNIT);
  return {
    joint,
    states,
    units: groups.map(({ count }, i) => ({ dead: joint.nodeOf(literals[i]![0]!), noticed: joint.nodeOf(literals[i]![1]!), count })),
  };
}

/** P(at least so many dead), and P(it is decided by one more unit of each group). */
function counted(least: number, groups: readonly Group[]): { readonly dead: number; readonly decides: readonly number[] } {
  const { joint, states, units } = jointOf(groups);
  const root = joint.condition(0, [{ guard: 1, least, units }]);
  const program = new Program(joint, states, [root]);
  program.evaluate(states);
  expect(off(program.value(0), joint.valueOf(root))).toBe(0);
  const gains = root < 2 ? null : program.gains(0);
  return { dead: joint.valueOf(root), decides: groups.map(({ count }, i) => (gains ? gains[3 * i + 1]! / count : 0)) };
}

test.each([1e-12, 1e-4, 0.02, 0.5, 0.75, 0.9999, 1 - 1e-9])('units that are alike are counted as one by one: p = %p', (p) => {
  let worst = 0;
  for (const n of [2, 5, 17, 50]) {
    const chances = oneByOne(Array.from({ length: n }, () => p));
    for (let k = 1; k <= n; k++) {
      const expected = from(chances, k);
      worst = Math.max(worst, expected > 1e-290 ? off(counted(k, [{ p, count: n }]).dead, expected) : 0);
    }
  }
  expect(worst).toBeLessThan(1e-13);
});

test('certain units, and more than there are', () => {
  expect(counted(5, [{ p: 1, count: 5 }]).dead).toBe(1);
  expect(counted(1, [{ p: 0, count: 5 }]).dead).toBe(0);
  expect(counted(6, [{ p: 0.3, count: 5 }]).dead).toBe(0);
  expect(counted(0, [{ p: 0.3, count: 5 }]).dead).toBe(1);
});

test('groups of units, alike or not, are counted as one by one, and so is what one more death adds', () => {
  const random = new Random(5);
  let compared = 0;
  for (let round = 0; round < 300; round++) {
    const same = random.uniform() < 0.5;
    const first = 10 ** (-6 * random.uniform());
    const groups = Array.from({ length: 1 + Math.floor(random.uniform() * 3) }, () => ({
      count: 1 + Math.floor(random.uniform() * 8),
      p: same ? first : 10 ** (-6 * random.uniform()),
    }));
    const units = groups.flatMap(({ count, p }) => Array.from({ length: count }, () => p));
    const least = 1 + Math.floor(random.uniform() * units.length);
    const { dead, decides } = counted(least, groups);
    expect(off(dead, from(oneByOne(units), least))).toBeLessThan(1e-13);
    groups.forEach(({ p }, i) => {
      const others = [...units];
      others.splice(units.indexOf(p), 1);
      compared++;
      expect(off(decides[i]!, oneByOne(others)[least - 1] ?? 0)).toBeLessThan(1e-12);
    });
  }
  expect(compared).toBeGreaterThan(400);
});

/** The share of requests that fails, over all combinations of units that are dead and noticed. */
function byCombinations(groups: readonly Group[], part: number, load: number, least: number | null): number {
  const units = groups.flatMap(({ count, p }) => Array.from({ length: count }, () => p));
  let failed = 0;
  const follow = (unit: number, dead: number, unnoticed: number, chance: number): void => {
    if (unit === units.length) {
      const up = units.length - dead;
      const share = up === 0 || (least !== null && dead >= least) ? 0 : Math.min(up / (up + unnoticed), up / load, 1);
      failed += chance * (1 - share);
      return;
    }
    const p = units[unit]!;
    follow(unit + 1, dead, unnoticed, chance * (1 - p));
    follow(unit + 1, dead + 1, unnoticed, chance * p * part);
    follow(unit + 1, dead + 1, unnoticed + 1, chance * p * (1 - part));
  };
  follow(0, 0, 0, 1);
  return failed;
}

test('the share of requests that fails is what all combinations of dead and noticed units give', () => {
  const random = new Random(7);
  for (let round = 0; round < 100; round++) {
    const groups = Array.from({ length: 1 + Math.floor(random.uniform() * 2) }, () => ({
      count: 1 + Math.floor(random.uniform() * 3),
      p: 0.3 * random.uniform(),
    }));
    const all = groups.reduce((sum, { count }) => sum + count, 0);
    const load = all * random.uniform();
    const least = random.uniform() < 0.5 ? null : 1 + Math.floor(random.uniform() * all);
    const part = random.uniform();
    const { joint, units } = jointOf(groups, part);
    const node = joint.serving(0, { units: units.map((unit) => ({ ...unit, all: null })), loadInUnits: load, least });
    expect(off(joint.valueOf(node), byCombinations(groups, part, load, least))).toBeLessThan(1e-11);
  }
});
