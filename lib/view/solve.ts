import type { SolveDocument } from '../document/solve';

/** The result of solving a fault tree in words and rounded numbers. */
export interface SolveView {
  readonly verdict: string;
  readonly size: string;
  readonly cutSets:
    { readonly summary: string; readonly byOrder: readonly string[]; readonly top: readonly (readonly [string, string])[] } | undefined;
  readonly importance: readonly (readonly [string, string, string, string, string])[];
  readonly uncertainty: string | undefined;
  readonly simulation: string | undefined;
  /** Why something is missing. */
  readonly stopped: string | undefined;
}

const limits = { nodes: 'number of nodes', milliseconds: 'time', bytes: 'memory' } as const;

/** Words the document; at most so many events are shown by importance. */
export function solveView(document: SolveDocument, most = 20): SolveView {
  const { probability, bounds, cutSets, coherent } = document;
  const verdict =
    probability !== null
      ? `${document.top}: probability ${digits(probability, 6)}${document.exact ? '' : ' (not exact)'}`
      : bounds !== null
        ? `${document.top}: probability between ${outward(bounds[0], -1)} and ${outward(bounds[1], 1)}${withinFactor(document.factor)}`
        : `${document.top}: not solved`;
  return {
    verdict,
    size: `${document.gates} gates, ${document.events} events${document.bddNodes === null ? '' : `, ${document.bddNodes} nodes`}`,
    cutSets:
      cutSets === null
        ? undefined
        : {
            summary: `${cutSets.total} ${coherent === false ? 'smallest sets of events that bring it about with all others absent (some event can also do good)' : 'minimal cut sets'}`,
            byOrder: cutSets.byOrder.flatMap((count, order) => (count === '0' ? [] : [`${count} of order ${order}`])),
            top: cutSets.top.map((set) => [
              digits(set.probability, 4),
              set.events.length === 0 ? '(nothing: it is certain)' : set.events.join(', '),
            ]),
          },
    importance: (document.importance ?? [])
      .slice(0, most)
      .map((each) => [
        each.event,
        digits(each.birnbaum, 3),
        digits(each.criticality, 3),
        each.riskAchievement === null ? '∞' : digits(each.riskAchievement, 3),
        each.riskReduction === null ? '∞' : digits(each.riskReduction, 3),
      ]),
    uncertainty: document.uncertainty === null ? undefined : spreadOf(document.uncertainty),
    simulation: document.simulation === null ? undefined : simulated(document.simulation),
    stopped:
      document.stoppedBy === null
        ? undefined
        : `Stopped at the limit of ${limits[document.stoppedBy]}; what is missing was not answered. Raise the limit, or ask for less.`,
  };
}

/** How far apart guaranteed bounds are; rounded up, so that it holds. */
function withinFactor(factor: number | null): string {
  return factor === null ? ', both guaranteed' : `, both guaranteed, within a factor of ${(Math.ceil(factor * 1000) / 1000).toString()}`;
}

function spreadOf({ p5, p50, p95, mean, samples, influences }: NonNullable<SolveDocument['uncertainty']>): string {
  const most = influences.filter(({ share }) => share > 0.05).slice(0, 3);
  const from = most.map(({ name, share }) => `${Math.round(100 * share)} % from ${name}`).join(', ');
  const middle = `5 % ${digits(p5, 3)}, median ${digits(p50, 3)}, 95 % ${digits(p95, 3)}, mean ${digits(mean, 3)} (${samples} samples)`;
  return `uncertainty: ${middle}${from === '' ? '' : `; the spread comes ${from}`}`;
}

function simulated({ probability, interval, cycles, seed }: NonNullable<SolveDocument['simulation']>): string {
  const run = `${cycles} cycles, seed ${seed}`;
  if (interval === null) return `simulated: too few of ${run} reached the top to say; ask for more`;
  return `simulated: ${digits(probability, 4)}, with 95 % confidence between ${digits(interval[0], 4)} and ${digits(interval[1], 4)} (${run})`;
}

/** Four digits of a bound, rounded so that what is told holds as well: a lower one down, an upper one up. */
function outward(x: number, direction: -1 | 1): string {
  const rounded = Number(x.toPrecision(4));
  if (x === 0 || direction * (rounded - x) >= 0) return digits(x, 4);
  return digits(rounded + direction * 10 ** (Math.floor(Math.log10(x)) - 3), 4);
}

/** So many significant digits, without zeros that say nothing. */
function digits(x: number, significant: number): string {
  const text = x.toPrecision(significant);
  return text.includes('e') ? text.replace(/\.?0+e/, 'e') : text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
