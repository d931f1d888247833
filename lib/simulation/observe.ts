import type { ComponentLayout, FlowLayout, GroupLayout, Layout } from './layout';
import type { Moment } from './moment';
import type { World } from './world';

// Bound once: the loop below runs millions of times, and a look-up of a global costs as much as what it calls.
const { min } = Math;

/** What users see now: components in the order of their dependencies, then flows. */
export function observe(layout: Layout, world: World, moment: Moment, now: number): void {
  for (let c = 0; c < layout.components.length; c++) observeComponent(layout, world, moment, c);
  for (let f = 0; f < layout.flows.length; f++) observeFlow(layout, world, moment, f, now);
}

function observeComponent(layout: Layout, world: World, moment: Moment, c: number): void {
  const component = layout.components[c]!;
  const { groups, hard, soft } = component;
  const hit = moment.componentOut[c] === 1 || moment.regionOut[component.region] === 1;
  let ownDown = hit;
  let otherGroupDown = false;
  let degraded = false;
  for (let i = 0; i < groups.length; i++) {
    const g = groups[i]!;
    const group = layout.groups[g]!;
    if (ofOthers(group, world)) continue;
    if (moment.groupFailsOutside[g] === 1) degraded = true;
    if (moment.groupFails[g] === 0) continue;
    if (group.without === 'degraded') degraded = true;
    else {
      ownDown = true;
      if (g !== component.balancedGroup) otherGroupDown = true;
    }
  }
  let down = ownDown;
  for (let i = 0; i < hard.length; i++) {
    if (moment.down[hard[i]!] === 1) down = true;
    if (moment.degraded[hard[i]!] === 1) degraded = true;
  }
  for (let i = 0; i < soft.length; i++) if (moment.down[soft[i]!] === 1) degraded = true;
  moment.down[c] = down ? 1 : 0;
  moment.degraded[c] = down || degraded ? 1 : 0;
  if (component.balancedGroup < 0) moment.share[c] = ownDown ? 0 : 1;
  else moment.share[c] = hit || otherGroupDown ? 0 : balancedShare(layout, moment, component);
}

/** The shard of other users than the one who is followed. */
function ofOthers(group: GroupLayout, world: World): boolean {
  return group.shard >= 0 && group.shard !== world.shard[group.component];
}

/** What the units in rotation serve of the requests that they get. */
function balancedShare(layout: Layout, moment: Moment, component: ComponentLayout): number {
  const { units } = layout.groups[component.balancedGroup]!;
  let up = 0;
  let inRotation = 0;
  for (let i = 0; i < units.length; i++) {
    const isUp = moment.unitOut[units[i]!] === 0;
    if (isUp) up++;
    if (isUp || moment.unitNoticed[units[i]!] === 0) inRotation++;
  }
  return inRotation === 0 ? 0 : min(up / inRotation, up / component.loadInUnits, 1);
}

function observeFlow(layout: Layout, world: World, moment: Moment, f: number, now: number): void {
  const flow = layout.flows[f]!;
  let down = false;
  let degraded = false;
  let served = 1;
  for (let i = 0; i < flow.required.length; i++) {
    const c = flow.required[i]!;
    if (moment.down[c] === 1) down = true;
    if (moment.degraded[c] === 1) degraded = true;
    served *= moment.share[c]!;
  }
  let torn = inDoubt(layout, world, flow, now);
  for (let i = 0; i < flow.atomic.length; i++) if (moment.degraded[flow.atomic[i]!] === 1) torn = true;
  moment.flowDown[f] = down || torn ? 1 : 0;
  moment.flowDegraded[f] = degraded && !down && !torn ? 1 : 0;
  moment.flowFails[f] = torn ? 1 : 1 - served;
}

/** Whether transactions that a switch-over interrupted are still undecided. */
function inDoubt(layout: Layout, world: World, flow: FlowLayout, now: number): boolean {
  let doubt = false;
  for (let i = 0; i < flow.doubtGroups.length; i++) {
    const g = flow.doubtGroups[i]!;
    if (ofOthers(layout.groups[g]!, world)) continue;
    const until = min(world.switchCauseEnds[g]!, world.switchedAt[g]! + flow.inDoubt);
    if (now >= until) continue;
    doubt = true;
    if (until < world.next) world.next = until;
  }
  return doubt;
}
