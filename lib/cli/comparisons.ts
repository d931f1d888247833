import { compare, type CompareOptions, type Comparison } from '../estimate/compare';
import type { Topology, UsedAssumption } from '../topology/topology';
import type { Io } from './command';
import { unwatched } from './progress';

/** Two versions of a topology, each with the figures of its organization; null: there is none. */
export interface Versions {
  readonly before: Version | null;
  readonly after: Version | null;
}

export interface Version {
  readonly topology: Topology;
  readonly organization: readonly UsedAssumption[];
  /** Of the text that it was read from. */
  readonly sha256: string;
}

/** Fewer are done before a thread has started. */
const fewestForThreads = 4;

/** Compares each pair; where many have changed, on all cores. */
export async function comparisonsOf(
  pairs: readonly Versions[],
  options: CompareOptions,
  { progress = unwatched }: Io,
): Promise<Comparison[]> {
  const changed = pairs.filter((pair) => !isUnchanged(pair));
  if (changed.length >= fewestForThreads) {
    const { inWorkers } = await import('./workers');
    const compared = await inWorkers<Comparison>('compare', options, changed.length, { inputs: changed, progress });
    let next = 0;
    return pairs.map((pair) => (isUnchanged(pair) ? compareVersions(pair, options) : compared[next++]!));
  }
  progress.begin(changed.length > 1 ? changed.length : 0);
  return pairs.map((pair) => {
    const comparison = compareVersions(pair, options);
    if (!isUnchanged(pair)) progress.step();
    return comparison;
  });
}

/** The same text with the same figures of the organization: nothing is estimated. */
function isUnchanged({ after, before }: Versions): boolean {
  return (
    before !== null &&
    after !== null &&
    before.sha256 === after.sha256 &&
    JSON.stringify(before.organization) === JSON.stringify(after.organization)
  );
}

/** Compares one pair. */
export function compareVersions({ after, before }: Versions, options: CompareOptions): Comparison {
  return compare(before?.topology ?? null, after?.topology ?? null, {
    ...options,
    organization: { before: before?.organization ?? [], after: after?.organization ?? [] },
  });
}
