import type { Beside, BesideUsers, SimulatedResult, SimulatedTopology } from '../document/simulate';
import { durationText, perYearText, significant } from './numbers';

/** Simulated numbers beside exact ones, worded and rounded. */
export interface SimulateView {
  readonly verdict: string;
  readonly agrees: boolean;
  readonly flows: readonly { readonly flow: string; readonly rows: readonly SimulateRow[] }[];
  readonly notes: readonly string[];
}

export interface SimulateRow {
  readonly measure: string;
  readonly exact: string;
  readonly simulated: string;
  readonly between: string;
  /** In words, how far apart the two are. */
  readonly difference: string;
}

/** Beyond this, chance is no explanation: of some dozens of numbers, one in ten thousand runs has one. */
const most = 4.5;

const year = 365 * 24 * 60;
const downtime = (share: number): string => (share === 0 ? durationText(0) : `${durationText(share * year)} a year`);

/** Words the document of one topology. */
export function simulateView(document: SimulatedTopology): SimulateView {
  const { batches, cycles, results, seed, topology, years } = document;
  const all = results.flatMap((result) => measuresOf(result).flatMap(({ beside }) => (beside ? [beside] : [])));
  const apart = all.filter(isApart).length;
  return {
    agrees: apart === 0,
    verdict:
      apart === 0
        ? `${topology}: the simulation agrees with the exact numbers, as closely as chance lets it.`
        : `${topology}: ${apart} of ${all.length} numbers are further from the exact ones than chance explains. Please report this: one of the two is wrong.`,
    flows: results.map((result) => ({ flow: result.flow, rows: measuresOf(result).map((measure) => rowOf(measure)) })),
    notes: [
      `${cycles} times from "all is normal" back to it, in ${batches} batches, which stand for ${significant(years, 3)} years; seed ${seed}. Intervals are of 95 %.`,
      ...results.flatMap(({ because, flow }) => Object.values(because).map((reason) => `${flow}: ${reason}`)),
    ],
  };
}

const isApart = ({ z }: Beside): boolean => z !== null && Math.abs(z) > most;

interface WordedMeasure {
  readonly name: string;
  readonly beside: Beside | null;
  readonly text: (value: number) => string;
}

function measuresOf(result: SimulatedResult): WordedMeasure[] {
  return [
    { name: 'down', beside: result.unavailability, text: downtime },
    { name: 'outages', beside: result.outagesPerYear, text: perYearText },
    { name: 'each lasts', beside: result.meanOutageMinutes, text: durationText },
    { name: 'requests that fail', beside: result.requestFailure, text: (share) => `${significant(100 * share, 3)} %` },
    { name: 'degraded', beside: result.degraded, text: downtime },
    ...(result.users ? [...usersOf('someone', result.users.anyUser), ...usersOf('everyone', result.users.allUsers)] : []),
  ];
}

function usersOf(who: string, { outagesPerYear, unavailability }: BesideUsers): WordedMeasure[] {
  return [
    { name: `down for ${who}`, beside: unavailability, text: downtime },
    { name: `outages for ${who}`, beside: outagesPerYear, text: perYearText },
  ];
}

function rowOf({ name, beside, text }: WordedMeasure): SimulateRow {
  if (!beside) return { measure: name, exact: 'unknown', simulated: 'unknown', between: '', difference: '' };
  const { exact, high, low, simulated } = beside;
  return {
    measure: name,
    exact: text(exact),
    simulated: text(simulated),
    between: simulated === 0 && high === 0 ? '' : `${text(low)} to ${text(high)}`,
    difference: isApart(beside) ? 'more than chance' : exact === 0 ? '' : `${significant(100 * Math.abs(simulated / exact - 1), 2)} %`,
  };
}
