import type { Ref } from '../engine/formula';
import type { Place } from '../topology/behaviour';
import type { Events } from './events';

/** The draws of a place: one literal per outcome. */
export function placed(events: Events, component: string, owner: number, { outcomes }: Place): readonly Ref[] {
  const words = outcomes.map(({ zones, primary }) => {
    const lies = Object.entries(zones).map(([unit, zone]) => `${unit} in ${zone}`);
    return [...(primary === null ? [] : [`${primary} serves`]), ...lies].join(', ');
  });
  return events.choice({ what: 'place', cause: null, component, outcomes: words }, null, owner);
}
