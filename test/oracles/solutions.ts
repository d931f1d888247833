import {
  allWithin,
  atLeastOf,
  availability,
  type Availability,
  compile,
  expectedDetection,
  failureBy,
  Formula,
  type Frequency,
  frequency,
  importance,
  meanOf,
  meanTimeToFailure,
  parseAvailability,
  type Redundancy,
  redundancyAvailability,
  type Ref,
  unavailabilityAt,
  worstDetection,
} from 'nines';
import { inParallel, inSeries, Tree } from './trees';

/** What the public functions say to a problem, and what its source prints; both in the order in which the source gives them. */
export interface Solution {
  readonly values: readonly number[];
  /** Decimal text of each value as printed, already without unit. */
  readonly printed: readonly string[];
  /** The source cuts digits off instead of rounding. */
  readonly cutOff?: boolean;
  /** Values that the source prints and the list of computed ones does not hold, at the end of `values`. */
  readonly further?: number;
}

const unit = (failureRate: number, repairRate: number): Redundancy => ({ units: 1, needed: 1, failureRate, repairRate });
/** One part that is up and down in turn, by its mean times. */
const alternating = (up: number, down: number): Availability =>
  availability(
    {
      states: 2,
      transitions: [
        { from: 0, to: 1, rate: 1 / up },
        { from: 1, to: 0, rate: 1 / down },
      ],
    },
    (state) => state === 1,
  );

/** Parts by mean time to failure and to restore, and what brings the whole down. */
function repairable(
  parts: readonly (readonly [number, number])[],
  root: (formula: Formula, refs: Ref[]) => Ref,
): Frequency & { birnbaum: number[] } {
  const formula = new Formula();
  const refs = parts.map((_, i) => formula.basic(`part ${i}`));
  const compiled = compile(formula, [root(formula, refs)]);
  const values = parts.map(([up, down]) => alternating(up, down).unavailability);
  const rates = parts.map(([up, down]) => alternating(up, down).frequency);
  return { ...frequency(compiled, values, rates), birnbaum: importance(compiled, values).map((each) => each.birnbaum) };
}

const plant = (pumps: readonly (readonly [number, number])[], valve: readonly [number, number]) =>
  repairable([...pumps, valve], (formula, [a, b, v]) => formula.or([formula.and([a!, b!]), v!]));
const pump = [10, 1] as const;

/** Occurrences per unit of time of something of which each of n parts suffices. */
function occurrences(n: number, rate: number): number {
  const formula = new Formula();
  const refs = Array.from({ length: n }, (_, i) => formula.basic(`part ${i}`));
  return frequency(compile(formula, [formula.or(refs)]), new Float64Array(n), new Float64Array(n).fill(rate)).frequency;
}

/** Three trains of a valve or a pump; valves and pumps each are a group. */
function trains(model: Parameters<Tree['group']>[3]): number[] {
  const tree = new Tree();
  const [pumps, valves] = [tree.group('pump', 3, 0.1, model), tree.group('valve', 3, 0.1, model)];
  const top = tree.formula.and(pumps.map((each, i) => tree.formula.or([each, valves[i]!])));
  return [tree.probability(top), tree.rareEvents(top)];
}

/** Probability and rare-event sum of a small tree. */
function small(q: Readonly<Record<string, number>>, root: (formula: Formula, event: (name: string) => Ref) => Ref): number[] {
  const tree = new Tree();
  const refs = new Map(Object.entries(q).map(([name, each]) => [name, tree.event(name, each)]));
  const top = root(tree.formula, (name) => refs.get(name)!);
  return [tree.probability(top), tree.rareEvents(top)];
}

function downtimes(texts: readonly string[]): number[] {
  return texts.flatMap((text) => [7, 30, 365].map((days) => parseAvailability(text) * days * 24 * 60));
}

const standby = (dormancy: number, coverage = 1): Redundancy => ({ units: 2, needed: 1, failureRate: 0.01, dormancy, coverage });
const storage = (units: number, needed: number): Redundancy => ({ units, needed, failureRate: 0.0081345, repairRate: 66.013, crews: 1 });

/** The share that each of n parts in series may be down so that all together reach a target: found on the tree itself. */
function allocated(n: number, q: number): number {
  let [low, high] = [0, q];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (inSeries(...Array.from({ length: n }, () => middle)) > q) high = middle;
    else low = middle;
  }
  return 1 - low;
}

function serviceBudget(): number[] {
  const minutes = 525_600;
  const total = Math.ceil(parseAvailability('99.99%') * minutes);
  const dependencies = Math.ceil(inSeries(1e-5, 1e-5, 1e-5) * minutes);
  const own = total - dependencies;
  // One outage of all and two of one shard of three a year, as one user meets them.
  const formula = new Formula();
  const [all, shard] = [formula.basic('all'), formula.basic('shard')];
  const mine = formula.choice('which shard', 3)[0]!;
  const third = 1 / 3;
  const met = frequency(
    compile(formula, [formula.or([all, formula.and([shard, mine])])]),
    [0, 0, third, third, third],
    [1, 2, 0],
  ).frequency;
  const each = Math.ceil(own / met);
  return [total, dependencies, own, each, each - 2 - 5];
}

/** Every problem by its id. */
export const solutions: Readonly<Record<string, () => Solution>> = {
  'az-series': () => ({ values: [1 - inSeries(5e-4, 1e-4)], printed: ['0.9994'] }),
  'az-and-or': () => {
    const [down] = small({ web: 5e-4, db: 1e-4, queue: 1e-3 }, (f, e) => f.or([e('web'), f.and([e('db'), e('queue')])]));
    return { values: [1 - down!], printed: ['0.9995'] };
  },
  'az-3zone-vm': () => ({ values: [1 - inParallel(3, 1e-4)], printed: ['0.999999999999'] }),
  'az-2region': () => ({ values: [1 - inParallel(2, 5e-4)], printed: ['0.99999975'] }),
  'az-4region': () => ({ values: [1 - inParallel(4, 5e-4)], printed: ['0.99999999'], cutOff: true }),
  'az-slo-platform-net': () => ({ values: [1 - inSeries(0.0028, 1e-4, 1e-4, 1e-4, 1e-4)], printed: ['0.9968'] }),
  'az-slo-code': () => ({ values: [1 - alternating(719, 1).unavailability], printed: ['0.9986'] }),
  'az-slo-ops20': () => ({ values: [1 - alternating(43_180, 20).unavailability], printed: ['0.9995'] }),
  'az-downtime-table': () => {
    const values = downtimes(['99%', '99.9%', '99.95%', '99.99%', '99.999%']);
    // Minutes; 1.68 h, 7.2 h, 3.65 d; 10.1 min, 43.2 min, 8.76 h; 5 min, 21.6 min, 4.38 h; 1.01 min, 4.32 min, 52.56 min; 6 s, 25.9 s, 5.26 min.
    const scaled = [60, 60, 1440, 1, 1, 60, 1, 1, 60, 1, 1, 1, 1 / 60, 1 / 60, 1].map((scale, i) => values[i]! / scale);
    const printed = ['1.68', '7.20', '3.65', '10.1', '43.20', '8.76', '5', '21.60', '4.38', '1.01', '4.32', '52.56', '6', '25.9', '5.26'];
    return { values: [...values, ...scaled], printed: [...values.map(() => ''), ...printed], further: scaled.length };
  },
  'aws-spares-approx': () => {
    const tree = new Tree();
    const refs = [0, 1, 2].map((i) => tree.event(`unit ${i}`, 0.01));
    return { values: [1 - tree.rareEvents(tree.formula.atLeast(3, refs))], printed: ['0.999999'] };
  },
  'eh-series': () => {
    const q = inSeries(1e-2, 1e-4);
    return { values: [1 - q, q * 365, 0.01 * 365], printed: ['0.9899', '3.69', '3.65'], further: 1 };
  },
  'tl-single': () => ({ values: [1 - alternating(1000, 10).unavailability], printed: ['0.9901'] }),
  'qwen-single': () => ({ values: [1 - alternating(10_000, 20).unavailability], printed: ['0.9980'] }),
  'csa-budget': () => ({ values: serviceBudget(), printed: ['53', '16', '37', '23', '16'] }),
  'rl-rel': () => ({ values: [1 - alternating(1090, 5).unavailability], printed: ['0.9954338'] }),
  'rl-mttr': () => {
    const parts = [5, 10, 15, 8, 12].map((mean) => ({ chance: 0.2, length: { distribution: 'fixed' as const, mean } }));
    return { values: [meanOf({ distribution: 'mixture', parts })], printed: ['10'] };
  },
  'rl-mtbf': () => ({ values: [meanTimeToFailure(unit(5 / 45_000, 0))], printed: ['9000'] }),
  'rl-exp': () => ({ values: [1 - failureBy(unit(0.1, 0), 5)], printed: ['0.6065307'] }),
  'bb-afr-2025': () => ({ values: [100 * 365 * occurrences(1, 4317 / 115_638_676)], printed: ['1.36'] }),
  'bb-afr-model': () => ({ values: [100 * 365 * occurrences(1, 318 / 1_843_841)], printed: ['6.30'] }),
  'ebs-1000': () => ({ values: [occurrences(1000, 0.001), occurrences(1000, 0.002)], printed: ['1', '2'] }),
  'scram-abc': () => ({
    values: small({ a: 0.1, b: 0.2, c: 0.3 }, (f, e) => f.or(['a', 'b', 'c'].map(e))),
    printed: ['0.496', '0.6'],
    further: 1,
  }),
  'scram-abbc': () => ({
    values: small({ a: 0.1, b: 0.2, c: 0.3 }, (f, e) => f.or([f.and([e('a'), e('b')]), f.and([e('b'), e('c')])])),
    printed: ['0.074', '0.08'],
    further: 1,
  }),
  'scram-twotrain': () => ({
    values: small({ v1: 0.5, p1: 0.7, v2: 0.5, p2: 0.7 }, (f, e) => f.and([f.or([e('v1'), e('p1')]), f.or([e('v2'), e('p2')])])),
    printed: ['0.7225', '1'],
    further: 1,
  }),
  'scram-theatre': () => ({
    values: small({ mains: 0.03, generator: 0.02, relay: 0.05 }, (f, e) => f.and([e('mains'), f.or([e('generator'), e('relay')])])),
    printed: ['0.00207', '0.00210'],
    further: 1,
  }),
  'scram-mgl-ccf': () => ({ values: trains({ model: 'greek', letters: [0.2, 0.1] }), printed: ['0.0163', '0.01771'], further: 1 }),
  'scram-alpha-ccf': () => ({ values: trains({ model: 'alpha', alphas: [0.7, 0.2, 0.1] }), printed: ['0.05298', '0.05488'], further: 1 }),
  'ford-note-rs': () => ({
    values: [storage(5, 1), storage(12, 8), storage(15, 9), storage(20, 12)].map(meanTimeToFailure),
    printed: ['4.45e15', '5.62e12', '1.09e18', '3.81e22'],
  }),
  'ford-closed-r2': () => {
    const closed = (3 * 1 + 10) / (2 * 1 ** 2);
    const chain = meanTimeToFailure({ units: 2, needed: 1, failureRate: 1, repairRate: 10, crews: 1 });
    return { values: [chain, chain], printed: [String(closed), '6.5'] };
  },
  'greenan-raid4': () => {
    const chain = meanTimeToFailure({ units: 5, needed: 4, failureRate: 1, repairRate: 10, crews: 1 });
    return { values: [chain, chain], printed: ['0.95', '0.95'] };
  },
  'copyset-r3': () => ({ values: [atLeastOf(1, 1e7, allWithin(3, 50, 5000))], printed: ['0.9999'] }),
  'mirror-exp-zone': () => {
    const group: Redundancy = { units: 3, needed: 2, failureRate: 1 };
    return { values: [failureBy(group, 0.1), meanTimeToFailure(group)], printed: ['', '0.8333'] };
  },
  'elasticache-tiers': () => {
    const month = 43_470 * 60;
    const values = ['99.5%', '99.9%', '99.99%'].map((text) => parseAvailability(text) * month);
    return { values, printed: [3 * 3600 + 37 * 60 + 21, 43 * 60 + 28, 4 * 60 + 21].map(String) };
  },
  'r53-detect': () => ({
    values: [30, 10].map((intervalSeconds) => worstDetection({ intervalSeconds, timeoutSeconds: 0, unhealthy: 3 })),
    printed: ['90', '30'],
  }),
  'haproxy-detect': () => {
    const check = { intervalSeconds: 2, timeoutSeconds: 0, unhealthy: 3 };
    return {
      values: [expectedDetection(check), worstDetection(check), worstDetection({ ...check, timeoutSeconds: 2 })],
      printed: ['5', '6', '8'],
    };
  },
  'wa-redundant': () => ({ values: [1 - inParallel(2, 1e-3)], printed: ['0.999999'] }),
  'wa-mtbf': () => ({ values: [1 - alternating(3600, 1).unavailability], printed: ['0.9997'] }),
  'rp-pump': () => {
    const { unavailability, frequency: w } = redundancyAvailability(unit(0.1, 1));
    return { values: [1 - unavailability, w], printed: ['0.9091', '0.09091'] };
  },
  'rp-point': () => ({ values: [1, 5].map((t) => 1 - unavailabilityAt(unit(0.1, 1), t)), printed: ['0.939', '0.9095'] }),
  'rp-plant': () => {
    const { probability: u, frequency: w, meanUpTime, meanDownTime } = plant([pump, pump], [50, 2]);
    const values = [1 - u, u, w, meanUpTime, meanDownTime, meanUpTime + meanDownTime];
    return { values, printed: ['0.9536', '0.04641', '0.03497', '27.27', '1.327', '28.60'] };
  },
  'rp-plant-birnbaum': () => {
    const { birnbaum } = plant([pump, pump], [50, 2]);
    return { values: [birnbaum[0]!, birnbaum[2]!], printed: ['0.0874', '0.9917'] };
  },
  'rp-plant-faster-valve': () => ({ values: [1 - plant([pump, pump], [50, 1]).probability], printed: ['0.9723'] }),
  'rp-plant-faster-pump': () => ({ values: [1 - plant([[10, 0.5], pump], [50, 2]).probability], printed: ['0.9574'] }),
  'rp-compressor-pair': () => {
    const {
      unavailability,
      frequency: w,
      meanDownTime,
      meanUpTime,
    } = redundancyAvailability({ units: 2, needed: 1, failureRate: 1 / 200, repairRate: 1 / 5 });
    return { values: [1 - unavailability, w, meanDownTime, meanUpTime + meanDownTime], printed: ['0.999405', '0.000238', '2.5', '4202.5'] };
  },
  'rp-standby': () => ({
    values: [
      ...[unit(0.01, 0), standby(1), standby(0)].map((group) => 1 - failureBy(group, 100)),
      ...[unit(0.01, 0), standby(1), standby(0)].map(meanTimeToFailure),
    ],
    printed: ['0.3679', '0.6004', '0.7358', '100', '150', '200'],
    further: 3,
  }),
  'rp-switch-short': () => ({
    values: [standby(0, 0.9), standby(0), standby(1)].map((group) => failureBy(group, 10)),
    printed: ['0.0137', '0.0047', '0.0091'],
  }),
  'rp-warm': () => ({ values: [1 - failureBy(standby(0.5), 100), meanTimeToFailure(standby(0.5))], printed: ['0.6574', '166.67'] }),
  'rp-beta-triple': () => {
    const tree = new Tree();
    return {
      values: [tree.probability(tree.formula.and(tree.group('unit', 3, 0.01, { model: 'beta', beta: 0.1 })))],
      printed: ['0.0010007'],
    };
  },
  'rp-beta-small': () => {
    const tree = new Tree();
    return {
      values: [tree.probability(tree.formula.and(tree.group('unit', 2, 0.001, { model: 'beta', beta: 0.05 })))],
      printed: ['5.09e-5'],
    };
  },
  'rp-load-share': () => {
    const pair = (alone: number): Redundancy => ({ units: 2, needed: 1, failureRate: (working) => (working === 2 ? 1 / 100 : 1 / alone) });
    return { values: [meanTimeToFailure(pair(25)), meanTimeToFailure(pair(100))], printed: ['75', '150'] };
  },
  'rp-equal-alloc': () => ({ values: [allocated(3, 0.05), allocated(4, 0.05)], printed: ['0.98305', '0.98726'] }),
};
