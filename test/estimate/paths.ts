/** Asks for a random outcome: the index of one of these chances, which add up to one. */
export type Draw = (chances: readonly number[]) => number;

/**
 * Expectations by brute force: runs a program once for every way in which its draws can fall. Each run returns numbers; their expectation is the sum
 * over all runs, each with the product of its chances. null: there are more than `most` ways.
 */
export function expectation(run: (draw: Draw) => readonly number[], most = Infinity): number[] | null {
  const total: number[] = [];
  const fixed: number[] = [];
  for (let runs = 0; runs < most; runs++) {
    const options: number[][] = [];
    let chance = 1;
    const result = run((chances) => {
      const turn = options.length;
      const possible = chances.flatMap((p, i) => (p > 0 ? [i] : []));
      options.push(possible);
      if (fixed.length === turn) fixed.push(0);
      const outcome = possible[fixed[turn]!]!;
      chance *= chances[outcome]!;
      return outcome;
    });
    result.forEach((value, i) => (total[i] = (total[i] ?? 0) + chance * value));
    fixed.length = options.length;
    while (fixed.length > 0 && fixed[fixed.length - 1] === options[fixed.length - 1]!.length - 1) {
      fixed.pop();
      options.pop();
    }
    if (fixed.length === 0) return total;
    fixed[fixed.length - 1]!++;
  }
  return null;
}
