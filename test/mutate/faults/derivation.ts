import type { Fault } from '../fault';

const byHand = 'test/agreement/by-hand.test.ts';
const hand = 'lib/estimate/estimate.test.ts';
const users = 'lib/estimate/users.test.ts';
const enumeration = { file: 'test/estimate/enumeration.test.ts', name: 'small topologies give what their full enumeration gives' };
const agreement = { file: 'test/agreement/agreement.test.ts', name: 'random topologies agree beyond what chance explains: seed 11' };

/** What the derivation of fault trees and numbers could get wrong. */
export const derivationFaults: readonly Fault[] = [
  {
    name: 'a zone that every component has for itself',
    file: 'lib/fault-tree/residence.ts',
    anchor: 'const outages = surroundings.zone(zone);',
    replacement:
      'const { component, owner } = this.context; const outages = surroundings.zone(zone).map(({ cause }) => surroundings.events.cause({ ...cause, address: `${cause.address} ${component.name}` }, owner));',
    test: { file: hand, name: 'two tiers over the same zones fall together' },
  },
  {
    name: 'components that are alike fail together',
    file: 'lib/estimate/twins.ts',
    anchor: 'return copies.copyOf(node);',
    replacement: 'return node;',
    test: { file: 'lib/estimate/twins.test.ts', name: 'components that are alike give the same numbers as if each had been derived' },
  },
  {
    name: 'cut sets that name another component that is alike',
    file: 'lib/estimate/cut-sets.ts',
    anchor: 'events ? this.#renaming(events) : 0',
    replacement: '0',
    test: { file: 'lib/estimate/twins.test.ts', name: 'components that are alike have cut sets of their own' },
  },
  {
    name: 'a phase counted twice',
    file: 'lib/kernel/assembly/numbers.ts',
    anchor: 'min(whole, rate * meanWithin(distribution, mean, sigma, shortest))',
    replacement: 'min(whole, 2 * rate * meanWithin(distribution, mean, sigma, shortest))',
    test: { file: hand, name: 'two tiers that fail over in 60 s after the same outage' },
  },
  {
    name: 'coverage ignored: every switch-over works',
    file: 'lib/fault-tree/promoted.ts',
    anchor: 'formula.and([fails, event.younger(withDoubt(group.operator, doubt))]),',
    replacement: 'formula.false,',
    test: { file: hand, name: 'a primary lies in any zone with equal chance, and a failover that fails' },
  },
  {
    name: 'a primary that is always where it was drawn first',
    file: 'lib/fault-tree/promoted.ts',
    anchor: 'const outcomes = outcomesOf(component, group);',
    replacement: 'const outcomes = outcomesOf(component, group).slice(0, 1);',
    test: { file: hand, name: 'a primary lies in any zone with equal chance' },
  },
  {
    name: 'a group that serves although none is left',
    file: 'lib/fault-tree/promoted.ts',
    anchor: 'formula.and([event.present, noneLeft]),',
    replacement: 'formula.false,',
    test: enumeration,
  },
  {
    name: 'a standby that has caught up as soon as its zone is back',
    file: 'lib/fault-tree/promoted.ts',
    anchor: 'formula.and([outage.within(catchUp), formula.or(later)])',
    replacement: 'formula.and([outage.present, formula.or(later)])',
    test: { file: hand, name: 'a node whose zone is back cannot take over until it has caught up' },
  },
  {
    name: 'the last one to serve that is behind itself',
    file: 'lib/fault-tree/promoted.ts',
    anchor: 'formula.and([event.present, when, events.earlier(outage, catchUp, event, component.name, owner)])',
    replacement: 'formula.and([event.present, when])',
    test: enumeration,
  },
  {
    name: 'a soft dependency taken as hard',
    file: 'lib/fault-tree/requirements.ts',
    anchor: "if (without === 'down') visit(on);",
    replacement: 'visit(on);',
    test: { file: hand, name: 'what is required, done without and degraded adds up to one' },
  },
  {
    name: 'transactions that are never in doubt',
    file: 'lib/fault-tree/requirements.ts',
    anchor: 'need(name, true, flow.inDoubt);',
    replacement: 'need(name, true, null);',
    test: enumeration,
  },
  {
    name: 'participants of a transaction that may be degraded',
    file: 'lib/fault-tree/requirements.ts',
    anchor: 'need(name, true, flow.inDoubt);',
    replacement: 'need(name, false, flow.inDoubt);',
    test: { file: 'test/estimate/enumeration.test.ts', name: 'small topologies give what their full enumeration gives' },
  },
  {
    name: 'a change that hits everything although it was caught',
    file: 'lib/fault-tree/tree.ts',
    anchor: 'formula.and([event.present, formula.not(caughtLiteral(this.#surroundings, event, owner))])',
    replacement: 'event.present',
    test: { file: agreement.file, name: 'topologies/minimal.yaml: estimate and simulation agree' },
  },
  {
    name: 'a user who has every shard',
    file: 'lib/fault-tree/tree.ts',
    anchor: 'if (shards.length < 2) return formula.true;',
    replacement: 'if (shards.length < 20) return formula.true;',
    test: agreement,
  },
  {
    name: 'all shards taken as any',
    file: 'lib/estimate/users.ts',
    anchor: '[made.joint.all(shards)]',
    replacement: '[made.joint.any(shards)]',
    test: { file: users, name: 'of three shards any one hits someone' },
  },
  {
    name: 'all users taken as hit when one shard of each component is out',
    file: 'lib/estimate/users.ts',
    anchor: 'const all = failed.flatMap(({ shards, whole }) => [whole, ...(shards.length > 0 ? [made.joint.all(shards)] : [])]);',
    replacement:
      'const all = [...failed.map(({ whole }) => whole), made.joint.all(failed.flatMap(({ shards }) => (shards.length > 0 ? [made.joint.any(shards)] : [])))];',
    test: { file: users, name: 'of two components all users are down' },
  },
  {
    name: 'a switch-over after a zone outage that is drawn anew for each shard',
    file: 'lib/estimate/users.ts',
    anchor: 'count > 1 ? [event] : []',
    replacement: 'count > 99 ? [event] : []',
    test: { file: users, name: 'shards whose primaries lose one zone' },
  },
  {
    name: 'a bad change that hits only the users of its first shard',
    file: 'lib/fault-tree/tree.ts',
    anchor: 'whole: this.#condition(component, owner, failing(null)),',
    replacement: 'whole: { component: owner, event: this.events.formula.false, pools: [] },',
    test: { file: users, name: 'whom bad changes hit is said with and without them' },
  },
  {
    name: 'a dead unit that gets no requests from its first second',
    file: 'lib/fault-tree/units.ts',
    anchor: 'formula.and([out, formula.not(event.younger(detection))])',
    replacement: 'out',
    test: { file: byHand, name: 'a unit that fails gets its share' },
  },
  {
    name: 'units that are launched without a control plane',
    file: 'lib/fault-tree/units.ts',
    anchor: 'dead.push(late);',
    replacement: '',
    test: enumeration,
  },
  {
    name: 'units that move to another zone without a control plane',
    file: 'lib/fault-tree/residence.ts',
    anchor: 'return formula.or([outage.younger(time), capacity[1]!, ...planes]);',
    replacement: 'return formula.or([outage.younger(time), capacity[1]!, ...planes.slice(9)]);',
    test: { file: byHand, name: 'units of a zone that is out move' },
  },
  {
    name: 'units that move although there is no capacity',
    file: 'lib/fault-tree/residence.ts',
    anchor: 'outage.younger(time), capacity[1]!,',
    replacement: 'outage.younger(time),',
    test: { file: byHand, name: 'units of a zone that is out move, unless there is no capacity or no control plane' },
  },
  {
    name: 'units that have moved and live nowhere',
    file: 'lib/fault-tree/residence.ts',
    anchor: 'dead: formula.or([...hits.map(({ dead }) => dead), cut]),',
    replacement: 'dead: formula.false,',
    test: { file: 'lib/estimate/estimate.test.ts', name: 'a unit that has moved is hit where it lives now' },
  },
  {
    name: 'units that move to any zone, however many live there',
    file: 'lib/fault-tree/residence.ts',
    anchor: 'count <= level ? [other] : []',
    replacement: '[other]',
    test: { file: byHand, name: 'a unit goes to the zone in which fewest live' },
  },
  {
    name: 'a shared way out that survives its zone',
    file: 'lib/fault-tree/surroundings.ts',
    anchor: '[this.events.cause(cause, -1).present, this.zoneOut(livesIn)]',
    replacement: '[this.events.cause(cause, -1).present]',
    test: { file: 'test/estimate/enumeration.test.ts', name: 'small topologies give what their full enumeration gives' },
  },
  {
    name: 'causes that also start while they are present',
    file: 'lib/kernel/assembly/numbers.ts',
    anchor: 'return rate / (1 + rate * mean);',
    replacement: 'return rate;',
    test: enumeration,
  },
  {
    name: 'an outage that begins in its oldest phase',
    file: 'lib/estimate/evaluation.ts',
    anchor: '[model.offsets[event + 1]! - 1]!',
    replacement: '[model.offsets[event]! + 1]!',
    test: enumeration,
  },
  {
    name: 'units that have failed since an outage began that only begins',
    file: 'lib/estimate/evaluation.ts',
    anchor: '(holdsUpLaunches(source.cause) ? atStart : gain)',
    replacement: 'gain',
    test: enumeration,
  },
];
