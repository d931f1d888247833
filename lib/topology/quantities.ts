import type { Balanced, Behaviour, Cause, Group, Length, Occurrence } from './behaviour';
import type { Quantity } from './quantity';

/** What a quantity is turned into. */
type Change = (quantity: Quantity) => Quantity;

function ofLength(length: Length, change: Change): Length {
  return { ...length, mean: change(length.mean) };
}

function ofOccurrence(occurrence: Occurrence, change: Change): Occurrence {
  if ('perYear' in occurrence) return { perYear: change(occurrence.perYear), length: ofLength(occurrence.length, change) };
  return { unavailability: change(occurrence.unavailability), length: occurrence.length && ofLength(occurrence.length, change) };
}

/** The same cause with each of its quantities changed. */
export function mapCause(cause: Cause, change: Change): Cause {
  return {
    ...cause,
    occurrence: ofOccurrence(cause.occurrence, change),
    caught: cause.caught && { ...cause.caught, coverage: change(cause.caught.coverage) },
  };
}

function ofGroup(group: Group, change: Change): Group {
  if (group.form === 'promoted') {
    return {
      ...group,
      switchOver: change(group.switchOver),
      coverage: change(group.coverage),
      operator: change(group.operator),
      ...(group.catchUp === undefined ? {} : { catchUp: change(group.catchUp) }),
    };
  }
  const { replacement } = group;
  return {
    ...group,
    replacement: replacement && {
      ...replacement,
      time: change(replacement.time),
      spare: replacement.spare === null ? null : change(replacement.spare),
    },
  };
}

function ofBalanced(balanced: Balanced, change: Change): Balanced {
  return { ...balanced, detection: change(balanced.detection) };
}

/** The same behaviour with each of its quantities changed. */
export function mapBehaviour(behaviour: Behaviour, change: Change): Behaviour {
  return {
    ...behaviour,
    causes: behaviour.causes.map((cause) => mapCause(cause, change)),
    groups: behaviour.groups.map((group) => ofGroup(group, change)),
    balanced: behaviour.balanced && ofBalanced(behaviour.balanced, change),
  };
}
