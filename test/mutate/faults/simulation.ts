import type { Fault } from '../fault';

const file = 'lib/simulation/simulate.test.ts';

/** What the simulation could get wrong: it is the judge of the derivation, so it is judged too. */
export const simulationFaults: readonly Fault[] = [
  {
    name: 'simulated: a zone that is out takes nothing along',
    file: 'lib/simulation/settle.ts',
    anchor: 'else if (!moves(world, moment, unit, u, c, now, random)) takeOut(layout, world, moment, u, c, now);',
    replacement: '',
    test: { file, name: 'two tiers that fail over in 60 s' },
  },
  {
    name: 'simulated: a standby serves at once',
    file: 'lib/simulation/settle.ts',
    anchor: 'if (now < boundary) {',
    replacement: 'if (now < 0) {',
    test: { file, name: 'a switch-over that fails lasts until a person has done it' },
  },
  {
    name: 'simulated: every switch-over works',
    file: 'lib/simulation/settle.ts',
    anchor: 'choice < 0 || world.works[choice] === 1 ? group.switchOver : group.operator',
    replacement: 'group.switchOver',
    test: { file, name: 'a switch-over that fails lasts until a person has done it' },
  },
  {
    name: 'simulated: all users are hit when those of one shard are',
    file: 'lib/simulation/users.ts',
    anchor: 'if (hitShards[f] === shards)',
    replacement: 'if (hitShards[f]! > 0)',
    test: { file, name: 'a given user is hit by the outage of one shard in two' },
  },
  {
    name: 'simulated: what other users wait for is over when nothing fails any more',
    file: 'lib/simulation/users.ts',
    anchor: ' || now < world.switchCauseEnds[g]!',
    replacement: '',
    test: { file, name: 'a transaction in doubt in one shard hits someone' },
  },
  {
    name: 'simulated: a standby that has caught up as soon as its zone is back',
    file: 'lib/simulation/settle.ts',
    anchor: 'world.currentAt[u] = now + group.catchUp;',
    replacement: 'world.currentAt[u] = now;',
    test: { file, name: 'a node whose zone is back may be promoted when it has caught up' },
  },
  {
    name: 'simulated: transactions are never in doubt',
    file: 'lib/simulation/observe.ts',
    anchor: 'doubt = true;',
    replacement: 'doubt = false;',
    test: { file, name: 'a transaction stays in doubt after the switch-over' },
  },
  {
    name: 'simulated: a caught change takes everything',
    file: 'lib/simulation/settle.ts',
    anchor: 'if (cause.component >= 0 && world.caught[c] === 0)',
    replacement: 'if (cause.component >= 0)',
    test: { file, name: 'a caught change takes its first batch' },
  },
  {
    name: 'simulated: units move without the control plane',
    file: 'lib/simulation/settle.ts',
    anchor: 'world.moveWaits[u] = unit.moveNeedsControlPlane && moment.controlPlaneOut[unit.region] === 1 ? 1 : 0;',
    replacement: 'world.moveWaits[u] = 0;',
    test: { file, name: 'units of a zone that is out move, unless' },
  },
  {
    name: 'simulated: the weight of a further cause leaves out its rate',
    file: 'lib/simulation/cycle.ts',
    anchor: 'weight *= causes[j]!.rate / nextCause.density(world, j);',
    replacement: 'weight *= 1e-8 / nextCause.density(world, j);',
    test: { file, name: 'two of three units are gone' },
  },
];
