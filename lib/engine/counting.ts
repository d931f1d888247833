import { incompleteBeta, logChoose } from './special-functions';

/** Chance that at least k of n independent equal trials succeed, for any n, by the incomplete beta function (DLMF 8.17.5). */
export function atLeastOf(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : incompleteBeta(p, k, n - k + 1);
}

/** Chance that all of r things, put on different ones of n places, lie within f marked places. */
export function allWithin(r: number, f: number, n: number): number {
  return r > f ? 0 : Math.exp(logChoose(f, r) - logChoose(n, r));
}
