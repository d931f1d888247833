import type { CutSetSearch } from './cut-sets';
import { toldApart } from '../units/told-apart';

/** A unit, zone or shared network part without which a flow is down for as long as it is out. */
export interface SinglePoint {
  readonly address: string;
  /** The component that it belongs to, or whose units it takes; null: it is shared by several. */
  readonly component: string | null;
  readonly share: number;
}

/** Any other cause that takes a flow down alone. */
export interface SingleCause {
  readonly address: string;
  readonly share: number;
}

const points: readonly string[] = ['unit', 'zone', 'network'];

/**
 * Causes that alone keep a flow down until they are over: all recoveries work as meant, and AWS may have chosen any place. What a recovery ends is no
 * single point of failure.
 */
export function singlesOf(
  { families, model, parts }: CutSetSearch,
  flow: number,
  shareOf: (address: string) => number,
): { readonly singlePoints: SinglePoint[]; readonly singleCauses: SingleCause[] } {
  const { events, topology } = model.tree;
  const singlePoints: SinglePoint[] = [];
  const singleCauses: SingleCause[] = [];
  // A flow is down when a part of it is, so each part is looked at with its own causes alone.
  const alone = parts[flow]!.flatMap((part) => families.alone(part.ref).map((event) => part.events?.get(event) ?? event));
  for (const event of new Set(alone)) {
    const source = events.sources[event]!;
    if (source.type !== 'cause') continue;
    const { address, scope } = source.cause;
    const owner = events.owners[event]!;
    const share = shareOf(address);
    if (points.includes(scope)) singlePoints.push({ address, component: owner < 0 ? null : topology.components[owner]!.name, share });
    else singleCauses.push({ address, share });
  }
  const byShare = (a: { share: number; address: string }, b: { share: number; address: string }): number =>
    toldApart(b.share) - toldApart(a.share) || (a.address < b.address ? -1 : 1);
  return { singlePoints: singlePoints.sort(byShare), singleCauses: singleCauses.sort(byShare) };
}
