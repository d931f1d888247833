import type { Layout } from './layout';
import type { Moment } from './moment';
import { observe } from './observe';
import type { World } from './world';

/** No shard: what only the users of some shard notice is left out. */
const noShard = -2;

/**
 * The same where components divide their users over shards: what the user who is followed sees, then what someone sees and what all see. A user with one
 * shard, and none of other components, sees whether that shard takes the flow down. Someone is hit when one of these users is; all are hit when of some
 * component all of them are, since users choose the shard of each component without regard to the others.
 */
export function observeUsers(layout: Layout, world: World, moment: Moment, now: number): void {
  const { components, divided } = layout;
  const { flowDown, followed, hitShards } = moment;
  const flows = layout.flows.length;
  const apart = differ(layout, world, moment, now);
  if (apart) {
    flowDown.fill(0, flows);
    for (let i = 0; i < divided.length; i++) {
      followed[i] = world.shard[divided[i]!]!;
      world.shard[divided[i]!] = noShard;
    }
    for (let i = 0; i < divided.length; i++) {
      const c = divided[i]!;
      const { shards } = components[c]!;
      hitShards.fill(0);
      for (let shard = 0; shard < shards; shard++) {
        world.shard[c] = shard;
        observe(layout, world, moment, now);
        for (let f = 0; f < flows; f++) hitShards[f]! += flowDown[f]!;
      }
      world.shard[c] = noShard;
      for (let f = 0; f < flows; f++) {
        if (hitShards[f]! > 0) flowDown[flows + f] = 1;
        if (hitShards[f] === shards) flowDown[2 * flows + f] = 1;
      }
    }
    for (let i = 0; i < divided.length; i++) world.shard[divided[i]!] = followed[i]!;
  }
  observe(layout, world, moment, now);
  if (!apart) for (let f = 0; f < flows; f++) flowDown[flows + f] = flowDown[2 * flows + f] = flowDown[f]!;
}

/** Whether users may see different things: a shard fails, or what it interrupted when it failed may still be in doubt. */
function differ({ components, divided, groups }: Layout, world: World, moment: Moment, now: number): boolean {
  for (let i = 0; i < divided.length; i++) {
    const of = components[divided[i]!]!.groups;
    for (let j = 0; j < of.length; j++) {
      const g = of[j]!;
      if (groups[g]!.shard < 0) continue;
      if (moment.groupFails[g] === 1 || moment.groupFailsOutside[g] === 1 || now < world.switchCauseEnds[g]!) return true;
    }
  }
  return false;
}
