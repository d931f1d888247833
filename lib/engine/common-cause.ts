/** How likely several members of a group fail together, from the total probability of one member. */
export type CommonCauseModel =
  /** Fleming (1975): a share β of each member's failures takes all members. */
  | { readonly model: 'beta'; readonly beta: number }
  /** Multiple Greek letters (Fleming and Kalinowski, 1983): β, γ, δ …: given that k fail together, one more does. */
  | { readonly model: 'greek'; readonly letters: readonly number[] }
  /** Alpha factors (Mosleh and Siu, 1987), not staggered: alphas[k − 1] is the share of the group's failure events that take exactly k members. */
  | { readonly model: 'alpha'; readonly alphas: readonly number[] }
  /** Phi factors as in the Open-PSA exchange format: phis[k − 1] · Q is the probability of each event that takes exactly a given set of k. */
  | { readonly model: 'phi'; readonly phis: readonly number[] };

/** One independent event that takes exactly these members, by index. */
export interface CommonCauseEvent {
  readonly members: readonly number[];
  readonly probability: number;
}

/** 2^n − 1 events: beyond this a group is split or modelled by a beta factor. */
export const largestGroup = 16;

/** How many members the largest possible common failure takes, as the model's factors allow. */
export function levelsOf(model: CommonCauseModel, members: number): number {
  switch (model.model) {
    case 'beta':
      return members;
    case 'greek':
      return model.letters.length + 1;
    case 'alpha':
      return model.alphas.length;
    case 'phi':
      return model.phis.length;
  }
}

/**
 * Share of a member's total probability that each event with exactly k given members has, k = 1 … n (index k − 1). For beta, Greek letters and alpha
 * Σ_k C(n − 1, k − 1)·share_k = 1: a member keeps its probability, to first order in it (Mosleh et al., NUREG/CR-4780, 1988).
 */
export function sharesBySize(model: CommonCauseModel, members: number): number[] {
  const n = members;
  const levels = levelsOf(model, n);
  if (!(n >= 1) || levels > n || levels < 1) throw new RangeError(`${levels} levels do not fit a group of ${n}`);
  const factors =
    model.model === 'beta' ? [model.beta] : model.model === 'greek' ? model.letters : model.model === 'alpha' ? model.alphas : model.phis;
  if (!factors.every((x) => x >= 0 && x <= 1)) throw new RangeError(`factors must lie in [0, 1], got ${factors.join(', ')}`);
  const shares = Array.from({ length: n }, () => 0);
  if (model.model === 'beta') {
    shares[0] = 1 - model.beta;
    shares[n - 1] = n > 1 ? model.beta : 1;
    return shares;
  }
  const alphaTotal = model.model === 'alpha' ? model.alphas.reduce((sum, alpha, i) => sum + (i + 1) * alpha, 0) : 1;
  if (!(alphaTotal > 0)) throw new RangeError('at least one alpha factor must be positive');
  let reached = 1;
  for (let k = 1; k <= levels; k++) {
    const ways = choose(n - 1, k - 1);
    if (model.model === 'phi') shares[k - 1] = model.phis[k - 1] as number;
    else if (model.model === 'alpha') shares[k - 1] = (k * (model.alphas[k - 1] as number)) / alphaTotal / ways;
    else {
      // The last letter given has no further one behind it: all that reaches it stops there.
      shares[k - 1] = (reached * (k < levels ? 1 - (model.letters[k - 1] as number) : 1)) / ways;
      reached *= k < levels ? (model.letters[k - 1] as number) : 1;
    }
  }
  return shares;
}

/**
 * The group as independent events, exactly: one per set of members that can fail together. A member is down when any event that holds it is there.
 * Smaller sets come first, sets of one size in the order of their members.
 *
 * @example expandCommonCause({ model: 'beta', beta: 0.1 }, 2, 0.01) // => [{ members: [0], probability: 0.009 }, { members: [1], … }, { members: [0, 1], probability: 0.001 }]
 */
export function expandCommonCause(model: CommonCauseModel, members: number, probability: number): CommonCauseEvent[] {
  if (members > largestGroup && model.model !== 'beta')
    throw new RangeError(`a group of ${members} is too large to expand, the most is ${largestGroup}`);
  const shares = sharesBySize(model, members);
  const events: CommonCauseEvent[] = [];
  for (let size = 1; size <= members; size++) {
    const share = shares[size - 1] as number;
    if (share > 0) for (const chosen of subsets(members, size)) events.push({ members: chosen, probability: share * probability });
  }
  return events;
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}

function* subsets(n: number, size: number): Generator<number[]> {
  const chosen = Array.from({ length: size }, (_, i) => i);
  for (;;) {
    yield chosen.slice();
    let i = size - 1;
    while (i >= 0 && chosen[i] === n - size + i) i--;
    if (i < 0) return;
    chosen[i] = (chosen[i] as number) + 1;
    for (let j = i + 1; j < size; j++) chosen[j] = (chosen[j - 1] as number) + 1;
  }
}
