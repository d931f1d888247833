import { secondPlan } from './emulator-differences';

type Values = Readonly<Record<string, unknown>>;

interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    readonly after_unknown: Values;
  };
}

/** A plan, `terraform show -json PLAN`, as far as it is judged here. */
export interface Plan {
  /** The state, refreshed, as `terraform show -json` writes a state. */
  readonly prior_state?: unknown;
  readonly resource_changes?: readonly ResourceChange[];
}

/** What a plan does, `type.argument` for a change in place and `address action` for all else, each once; what only the emulator is the reason of is not in it. */
export function changesIn({ resource_changes: changes = [] }: Plan): string[] {
  const found = changes.flatMap(({ address, change, type }) => {
    const { actions, after, before } = change;
    if (actions.every((action) => action === 'no-op' || action === 'read')) return [];
    if (!before || !after || actions.join() !== 'update') return [`${address} ${actions.join(' and ')}`];
    return changedIn(change).map((name) => `${type}.${name}`);
  });
  return [...new Set(found)].sort();
}

/** What a plan does, address by address: `update`, `delete and create`, `update (moved)`; nothing for what stays. */
export function actionsIn({ resource_changes: changes = [] }: Plan): Record<string, string> {
  const found = changes.flatMap(({ address, change, previous_address: previous, type }): [string, string][] => {
    const known = secondPlan[type] ?? {};
    const nothing =
      change.actions.every((action) => action === 'no-op' || action === 'read') ||
      (change.actions.join() === 'update' && changedIn(change).every((name) => name in known));
    const action = nothing ? '' : change.actions.join(' and ');
    if (previous !== undefined) return [[address, `${action || 'stays'}, was ${previous}`]];
    return action ? [[address, action]] : [];
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function changedIn({ after, after_unknown: unknown, before }: ResourceChange['change']): string[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...Object.keys(unknown)]);
  return [...names].filter((name) => unknown[name] === true || JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
}

/** The known differences of the second plan, `type.argument`. */
export const knownDifferences: readonly string[] = Object.entries(secondPlan)
  .flatMap(([type, names]) => Object.keys(names).map((name) => `${type}.${name}`))
  .sort();
