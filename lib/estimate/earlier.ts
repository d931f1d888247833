import { survival, type Length } from '../engine/length';
import { normalQuantile } from '../engine/normal';
import { gaussLegendre8 } from './quadrature';

/**
 * Of two independent outages that overlap or nearly do: the chance that one began first, seen while it has been over for some time up to `tail`, any of
 * which is as likely, and the other is still there. The other began before it with chance E[P(age > D + u)], its age being what it is for somebody who
 * arrives during it (renewal theory; Cox 1962, "Renewal Theory", section 5). Mean over D by eight Gauss nodes, over u by two.
 */
export function chanceEarlier(one: Length, tail: number, other: Length): number {
  const age: Length = { distribution: 'residual', length: other };
  let before = 0;
  for (const { length, weight } of quantilesOf(one)) {
    for (const part of halves) before += (weight / 2) * survival(age, length + part * tail);
  }
  return 1 - before;
}

/** Nodes of Gauss and Legendre on [0, 1], each of weight one half. */
const halves = [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)] as const;

const scores = gaussLegendre8.map(({ at, weight }) => ({ score: normalQuantile(at), exponential: -Math.log1p(-at), weight }));

/** Lengths that stand for all, by the levels of a quadrature. */
function quantilesOf(length: Length): readonly { readonly length: number; readonly weight: number }[] {
  if (length.distribution === 'fixed') return [{ length: length.mean, weight: 1 }];
  if (length.distribution === 'exponential')
    return scores.map(({ exponential, weight }) => ({ length: length.mean * exponential, weight }));
  if (length.distribution === 'lognormal') {
    const { mean, sigma } = length;
    return scores.map(({ score, weight }) => ({ length: mean * Math.exp(sigma * score - (sigma * sigma) / 2), weight }));
  }
  throw new Error(`An outage does not last ${length.distribution}. This is a bug in nines.`);
}
