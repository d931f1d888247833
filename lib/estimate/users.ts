import { LITERAL } from '../engine/formula';
import { SHARED } from '../fault-tree/events';
import type { Requirement } from '../fault-tree/requirements';
import { FaultTree, type Condition } from '../fault-tree/tree';
import { compiled } from './compiled';
import { outagesOf, statesOf, withoutChange, type Evaluated, type Outages } from './evaluation';
import type { Model } from './model';
import type { JointNode } from './joint';
import { Places, type Mixed } from './places';
import { Program } from './program';
import { below } from './root';

/**
 * Whom a flow's outages hit where components divide its users over shards. The flow's own numbers are those of a given user, who is as likely to be in
 * each shard, and independently so in each component. Thus they are also the share of users that is down, as expected.
 */
export interface Users extends HitUsers {
  readonly infrastructureOnly: HitUsers;
  /** By how much the probabilities may be too large, as that of a flow. */
  readonly bound: number;
}

export interface HitUsers {
  /** At least one user is down. */
  readonly anyUser: Outages;
  readonly allUsers: Outages;
}

/** What a requirement comes to: shards of a component that divides its users, and what is of no shard. */
interface Parts<T> {
  readonly whole: T;
  readonly shards: readonly T[];
}

/**
 * Whom the outages of each flow hit; null: nothing that it needs divides its users, so all of them are hit alike.
 *
 * A user has one shard of each component, and there are users of all combinations. So someone is down when anything is: a shard, or what has none. And
 * all are down when something without shards is down or all shards of one component are: otherwise each component has a shard that is up, and there are
 * users who have these.
 */
export function usersOf(model: Model): (Users | null)[] {
  const { assumptions, topology } = model;
  const divides = new Set(topology.components.flatMap(({ name }) => (model.tree.divides(name) ? [name] : [])));
  const divided = model.flows.map(({ needs: { down } }) => (down.some(({ component }) => divides.has(component)) ? down : []));
  if (divided.every((down) => down.length === 0)) return divided.map(() => null);
  // A tree of its own: the diagram is about shards alone.
  const tree = new FaultTree(topology, (quantity) => assumptions.value(quantity));
  const flows = divided.map((down) => down.map((requirement) => partsOf(tree, requirement, divides)));
  const common = new Set(flows.flat().flatMap((parts) => inSeveral(tree, parts)));
  const places = new Places(tree, common);
  const mixed = (condition: Condition): Mixed<Condition> => places.mixed(condition);
  const planned = flows.map((parts) => parts.map(({ shards, whole }) => ({ whole: mixed(whole), shards: shards.map(mixed) })));
  const ranks = tree.events.ranks.map((rank, event) => (common.has(event) ? SHARED : rank));
  const made = compiled(tree, assumptions, ranks);
  const failing = (condition: Mixed<Condition>): JointNode => made.mixed(condition, made.condition);
  const nodes = planned.flatMap((parts) => {
    const failed = parts.map(({ shards, whole }) => ({ whole: failing(whole), shards: shards.map(failing) }));
    const someone = made.joint.any(failed.flatMap(({ shards, whole }) => [whole, ...shards]));
    const all = failed.flatMap(({ shards, whole }) => [whole, ...(shards.length > 0 ? [made.joint.all(shards)] : [])]);
    return [someone, made.joint.any(all)];
  });
  const evaluated: Evaluated = { assumptions, numbers: made.numbers, sources: made.sources, offsets: made.offsets };
  const states = statesOf(evaluated);
  const program = new Program(made.joint, states, nodes);
  const whole = hitsOf(evaluated, program, states);
  const infrastructure = hitsOf(evaluated, program, withoutChange(evaluated, states));
  return divided.map((down, flow) =>
    down.length === 0 ? null : { ...whole[flow]!, infrastructureOnly: infrastructure[flow]!, bound: made.joint.bound },
  );
}

function partsOf(tree: FaultTree, requirement: Requirement, divides: ReadonlySet<string>): Parts<Condition> {
  return divides.has(requirement.component) ? tree.failsByShard(requirement) : { whole: tree.fails(requirement), shards: [] };
}

/**
 * Events on which several parts of a component hang, such as whether its switch-over works after a zone has gone out. They are asked for with what
 * components share: given their answers the parts are independent, and their chances multiply.
 */
function inSeveral({ events: { formula } }: FaultTree, { shards, whole }: Parts<Condition>): number[] {
  if (shards.length === 0) return [];
  const counts = new Map<number, number>();
  for (const { event, pools } of [whole, ...shards]) {
    const refs = [event, ...pools.flatMap(({ guard, units }) => [guard, ...units.map(({ dead }) => dead)])];
    const literals = [...below(formula, refs)].filter((ref) => formula.kind(ref >> 1) === LITERAL);
    const asked = literals.map((ref) => formula.parameter(ref >> 1));
    for (const one of new Set(asked)) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts].flatMap(([event, count]) => (count > 1 ? [event] : []));
}

function hitsOf(model: Evaluated, program: Program, states: Float64Array): HitUsers[] {
  const indices = program.roots.map((_, index) => index);
  const outages = outagesOf(model, program, states, indices);
  return indices.filter((index) => index % 2 === 0).map((index) => ({ anyUser: outages[index]!, allUsers: outages[index + 1]! }));
}
