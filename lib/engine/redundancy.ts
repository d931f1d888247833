import { availability, meanTimeTo, transient, unreliability, type Availability, type MarkovChain, type Transition } from './markov';

/** Equal units of which some are needed, whose failures, switch-overs and repairs depend on each other. Rates are per one unit of time, any. */
export interface Redundancy {
  readonly units: number;
  /** The group works when this many units work and are switched on. */
  readonly needed: number;
  /** Failure rate of one unit in service; as a function of the number of working units where these share a load. */
  readonly failureRate: number | ((working: number) => number);
  /** How fast a spare fails, as a share of the rate in service: 0 cold, between warm, 1 hot. @default - 1 */
  readonly dormancy?: number;
  /** Rate at which one crew repairs a unit. @default - 0: nothing is repaired */
  readonly repairRate?: number;
  /** How many units can be repaired at once. @default - all */
  readonly crews?: number;
  /** Chance that a spare takes over when a unit in service fails. @default - 1 */
  readonly coverage?: number;
  /** Mean time from the failure of a unit in service until a spare serves (detection and switch-over), exponential; down meanwhile. @default - 0 */
  readonly switchTime?: number;
  /** Rate at which a person puts a failed switch-over right. @default - 0: it lasts until a unit is repaired */
  readonly manualRate?: number;
  /** Whether what still works can fail while the group is down. @default - true */
  readonly failsWhileDown?: boolean;
}

/** The group as a Markov chain; it starts in state 0, in which everything works. */
export interface RedundancyChain {
  readonly chain: MarkovChain;
  readonly down: (state: number) => boolean;
}

const serving = 0;
const switching = 1;
const stuck = 2;

/**
 * The states are (failed units, serving | switching | switch-over failed), numbered by failed · 3 + mode and closed up to those that can be reached.
 * A failed switch-over ends with the next repair or by a person; a second failure during a switch-over does not start it anew.
 */
export function redundancyChain(group: Redundancy): RedundancyChain {
  const {
    units,
    needed,
    dormancy = 1,
    repairRate = 0,
    crews = units,
    coverage = 1,
    switchTime = 0,
    manualRate = 0,
    failsWhileDown = true,
  } = group;
  if (!(needed >= 1 && needed <= units)) throw new RangeError(`${needed} of ${units} units can not be needed`);
  if (!(coverage >= 0 && coverage <= 1)) throw new RangeError(`coverage must lie in [0, 1], got ${coverage}`);
  const rateOf = typeof group.failureRate === 'function' ? group.failureRate : () => group.failureRate as number;
  const numbers = new Map<number, number>([[0, 0]]);
  const states: { failed: number; mode: number }[] = [{ failed: 0, mode: serving }];
  const transitions: Transition[] = [];
  const move = (from: number, failed: number, mode: number, rate: number) => {
    if (!(rate > 0)) return;
    const key = 3 * failed + mode;
    if (!numbers.has(key)) {
      numbers.set(key, states.length);
      states.push({ failed, mode });
    }
    transitions.push({ from, to: numbers.get(key) as number, rate });
  };
  for (let s = 0; s < states.length; s++) {
    const { failed, mode } = states[s] as { failed: number; mode: number };
    const working = units - failed;
    const rate = working > 0 ? rateOf(working) : 0;
    const enough = working >= needed;
    // During a switch-over one of the needed places is empty.
    const active = mode === serving ? Math.min(needed, working) : needed - 1;
    if (enough && mode === serving) {
      const spareLeft = working > needed;
      const works = spareLeft ? coverage : 1;
      move(s, failed + 1, spareLeft && switchTime > 0 ? switching : serving, active * rate * works);
      move(s, failed + 1, stuck, active * rate * (1 - works));
      move(s, failed + 1, serving, (working - active) * rate * dormancy);
    } else if (failsWhileDown) {
      move(s, failed + 1, working - 1 >= needed ? mode : serving, active * rate + (working - active) * rate * dormancy);
    }
    if (mode === switching) move(s, failed, serving, 1 / switchTime);
    if (mode === stuck) move(s, failed, serving, manualRate);
    if (failed > 0) move(s, failed - 1, mode === switching ? switching : serving, Math.min(failed, crews) * repairRate);
  }
  return {
    chain: { states: states.length, transitions },
    down: (state) => {
      const { failed, mode } = states[state] as { failed: number; mode: number };
      return mode !== serving || units - failed < needed;
    },
  };
}

/** Unavailability, outages per unit of time and their mean length in the long run; needs a repair rate. */
export function redundancyAvailability(group: Redundancy): Availability {
  const { chain, down } = redundancyChain(group);
  return availability(chain, down);
}

/** Mean time until the group is down for the first time, all units working at first. */
export function meanTimeToFailure(group: Redundancy): number {
  const { chain, down } = redundancyChain(group);
  return meanTimeTo(chain, down)[0] as number;
}

/** Chance that the group has been down at least once by time t. */
export function failureBy(group: Redundancy, t: number): number {
  const { chain, down } = redundancyChain(group);
  return unreliability(chain, down, t);
}

/** Chance that the group is down at time t. */
export function unavailabilityAt(group: Redundancy, t: number): number {
  const { chain, down } = redundancyChain(group);
  const initial = new Float64Array(chain.states);
  initial[0] = 1;
  return transient(chain, initial, t).reduce((sum, p, state) => (down(state) ? sum + p : sum), 0);
}
