import type { Layout } from './layout';

/** What holds between two events; derived from the world anew at each. */
export interface Moment {
  /** Per zone: the earliest present cause that has it out; −1: none. */
  readonly zoneCause: Int32Array;
  /** Per zone: its way to the outside is broken. */
  readonly cutOff: Uint8Array;
  readonly controlPlaneOut: Uint8Array;
  readonly regionOut: Uint8Array;
  readonly componentOut: Uint8Array;
  readonly unitOut: Uint8Array;
  /** Per unit: the balancer has noticed that it is gone. */
  readonly unitNoticed: Uint8Array;
  /** Per unit: the earliest present cause that has it out; −1: none. */
  readonly unitCause: Int32Array;
  readonly groupFails: Uint8Array;
  /** Per group: it would fail if its way to the outside counted. */
  readonly groupFailsOutside: Uint8Array;
  readonly down: Uint8Array;
  readonly degraded: Uint8Array;
  readonly share: Float64Array;
  /** What is watched: see `Layout`. */
  readonly flowDown: Uint8Array;
  readonly flowDegraded: Uint8Array;
  readonly flowFails: Float64Array;
  /** Per component that divides its users: the shard of the user who is followed, while others are asked. */
  readonly followed: Int32Array;
  /** Per flow: shards of one component that take it down. */
  readonly hitShards: Int32Array;
}

export function momentOf(layout: Layout): Moment {
  const { components, divided, flows, groups, regions, units, watched, zones } = layout;
  return {
    zoneCause: new Int32Array(zones.length),
    cutOff: new Uint8Array(zones.length),
    controlPlaneOut: new Uint8Array(regions.length),
    regionOut: new Uint8Array(regions.length),
    componentOut: new Uint8Array(components.length),
    unitOut: new Uint8Array(units.length),
    unitNoticed: new Uint8Array(units.length),
    unitCause: new Int32Array(units.length),
    groupFails: new Uint8Array(groups.length),
    groupFailsOutside: new Uint8Array(groups.length),
    down: new Uint8Array(components.length),
    degraded: new Uint8Array(components.length),
    share: new Float64Array(components.length),
    flowDown: new Uint8Array(watched),
    flowDegraded: new Uint8Array(watched),
    flowFails: new Float64Array(watched),
    followed: new Int32Array(divided.length),
    hitShards: new Int32Array(flows.length),
  };
}
