// Abramowitz and Stegun, table 25.4, n = 8, moved from [−1, 1] to [0, 1].
const positive = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;

/** Nodes and weights of Gauss and Legendre on [0, 1], exact for polynomials up to degree fifteen. */
export const gaussLegendre8: readonly { readonly at: number; readonly weight: number }[] = positive.flatMap(([x, w]) => [
  { at: (1 - x) / 2, weight: w / 2 },
  { at: (1 + x) / 2, weight: w / 2 },
]);
