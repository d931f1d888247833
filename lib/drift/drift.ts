import { compare, type Comparison } from '../estimate/compare';
import { hasErrors } from '../diagnostics/diagnostic';
import { resolve } from '../resolve/resolve';
import type { Resources } from '../resources/resources';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';
import { componentDifferences, componentsIn } from './components';
import type { Difference } from './difference';
import { movesOf, type Moved } from './moved';
import { settingsAsFound, zonesWithoutWayOut } from './settings-as-found';
import { surroundingDifferences } from './surroundings';

/** A topology beside what is really there. */
export interface Drift {
  readonly topology: Topology;
  readonly differences: readonly Difference[];
  /** What AWS moves by itself: no drift. */
  readonly moved: readonly Moved[];
  /** As reviewed, and with what is there; null: what is there is no topology that can be estimated. */
  readonly comparison: Comparison | null;
  /** Why there is no comparison, or null. */
  readonly because: string | null;
}

export interface DriftOptions {
  /** Samples of the assumptions. @default 300 */
  readonly samples?: number;
}

/**
 * Compares what is there with what the model counts on, and says what the difference does to the estimate.
 * @example drift(topology, fromSynthesized(json), fromState(state)).differences // => []
 */
export function drift(topology: Topology, expected: Resources, found: Resources, options: DriftOptions = {}): Drift {
  const [model, there] = [componentsIn(expected, topology), componentsIn(found, topology)];
  const components = componentDifferences(model, there);
  const gone = new Set([...model.keys()].filter((name) => there.get(name)?.kind !== model.get(name)!.kind));
  const differences = [...components, ...surroundingDifferences(topology, expected, found, gone)];
  const moved = movesOf(topology, expected, found);
  const lost = [...gone].sort().map((name) => `${name} is not there.`);
  const closed = zonesWithoutWayOut(topology, found).map((zone) => `${zone} has no way out.`);
  if (lost.length + closed.length > 0) return { topology, differences, moved, comparison: null, because: [...lost, ...closed].join(' ') };
  const settings: Plain = settingsAsFound(topology, differences, there, found);
  const { topology: as, diagnostics } = resolve(settings);
  if (!as) {
    const errors = diagnostics.filter((diagnostic) => hasErrors([diagnostic]));
    return { topology, differences, moved, comparison: null, because: errors.map(({ detail }) => detail).join(' ') };
  }
  return { topology, differences, moved, comparison: compare(topology, as, options), because: null };
}
