import type { FlowDocument } from '../document/estimate';
import { families } from './address';
import { durationText } from './numbers';

/** What to change first, in words, with what it would be worth for the flow that needs it most. */
export function adviceOf(results: readonly FlowDocument[], most = 3): string[] {
  const worst = neediest(results);
  if (!worst) return [];
  return families(worst.contributors)
    .filter(({ part }) => part >= 0.02)
    .slice(0, most)
    .map(({ address, part }) => {
      const saved = durationText(part * worst.downtimeMinutesPerYear);
      return `${remedy(address)} It is behind ${saved} a year of what ${worst.flow} is down.`;
    });
}

/** The flow that is nearest to missing its target, or farthest beyond. */
function neediest(results: readonly FlowDocument[]): FlowDocument | undefined {
  const ratio = ({ target, unavailability }: FlowDocument): number => (target ? target.judged / target.unavailability : unavailability);
  const judged = results.filter(({ target }) => target !== null);
  return [...(judged.length > 0 ? judged : results)].sort((a, b) => ratio(b) - ratio(a))[0];
}

function remedy(address: string): string {
  const [scope, ...rest] = address.split('/');
  const name = rest[0] ?? '';
  switch (scope) {
    case 'change':
      return `${name}: catch bad changes in a smaller first batch, or roll them back faster.`;
    case 'external':
      return `${name}: agree on more with its provider, have a second one, or let flows do without it (without: degraded).`;
    case 'service':
      return `${name}: it stands and falls with one managed service; let flows do without it, or state a measured figure if yours is better.`;
    case 'region':
      return `Region ${name}: only a second region helps against the loss of this one.`;
    case 'zone':
      return `Zone ${rest[1] ?? name}: more units than needed in the other zones, faster switch-overs, or smaller needs.`;
    case 'network':
      return `NAT gateway in ${rest[rest.length - 1]}: one in each zone (nat: per-zone).`;
    case 'unit':
      return `${name}: a standby more, or a faster switch-over or replacement of its units.`;
    default:
      return `${rest.join('/')}: fewer or shorter outages.`;
  }
}
