import { gaussLegendre8 } from './quadrature';
import { presenceOf, scaled } from './evaluation';
import type { Model } from './model';
import type { Program } from './program';
import { toldApart } from '../units/told-apart';

export interface Contributor {
  readonly address: string;
  /** The part of the downtime that would vanish without it. Shares overlap. */
  readonly share: number;
  /** Its part when all is divided; these add up to one. */
  readonly splitShare: number;
}

/** What a flow's downtime comes from. */
export interface Contributions {
  readonly causes: readonly Contributor[];
  readonly components: readonly Contributor[];
  readonly zones: readonly Contributor[];
  readonly disruptions: readonly Contributor[];
  /** Shares of causes by address. */
  readonly shares: ReadonlyMap<string, number>;
}

/** One cause as a player: its events, and how many equal causes they stand for. */
interface Player {
  readonly addresses: readonly string[];
  readonly events: number[];
  readonly component: string | null;
  readonly zone: string | null;
  readonly disruption: string;
}

/**
 * Contributions to each flow. Split shares by Aumann and Shapley (1974): φ = ∫ q·∂P(t·q)/∂q dt with all phases of a cause scaled together; the integrand
 * is a polynomial in t, and eight Gauss nodes are exact up to degree fifteen. `roots`: those of the program that are the outages of flows.
 */
export function contributorsOf(model: Model, program: Program, states: Float64Array, roots: readonly number[]): Contributions[] {
  const through = program.through(roots);
  const evaluate = (at: Float64Array): void => program.evaluate(at, through);
  const players = playersOf(model);
  const flows = model.flows.map(() => ({ whole: 0, share: new Float64Array(players.length), split: new Float64Array(players.length) }));
  evaluate(states);
  flows.forEach((flow, f) => {
    flow.whole = program.value(roots[f]!);
    const gain = program.gains(roots[f]!);
    players.forEach(({ events }, i) => (flow.share[i] = events.reduce((sum, event) => sum + presenceOf(model, states, gain, event), 0)));
  });
  for (const { at, weight } of gaussLegendre8) {
    const part = scaled(model, states, () => at);
    evaluate(part);
    flows.forEach((flow, f) => {
      const gain = program.gains(roots[f]!);
      players.forEach(({ events }, i) => {
        // Unscaled chances: the derivative with respect to t.
        for (const event of events) flow.split[i] = flow.split[i]! + weight * presenceOf(model, states, gain, event);
      });
    });
  }
  const groups = (['component', 'zone', 'disruption'] as const).map((by) => groupsOf(players, by));
  const without = groups.map((list) =>
    list.map(({ members }) => {
      evaluate(withoutPlayers(model, states, players, members));
      return roots.map((root) => program.value(root));
    }),
  );
  return flows.map(({ whole, share, split }, f) => {
    const total = split.reduce((sum, part) => sum + part, 0);
    const part = (value: number): number => (whole > 0 ? Math.max(0, value) / whole : 0);
    const causes = players.flatMap(({ addresses }, i) => {
      const each = { share: part(share[i]! / addresses.length), splitShare: total > 0 ? split[i]! / total / addresses.length : 0 };
      return addresses.map((address) => ({ address, ...each }));
    });
    const [components, zones, disruptions] = groups.map((list, g) =>
      largestFirst(
        list.map(({ address, members }, k) => ({
          address,
          share: part(whole - without[g]![k]![f]!),
          splitShare: total > 0 ? members.reduce((sum, i) => sum + split[i]!, 0) / total : 0,
        })),
      ),
    );
    return {
      causes: largestFirst(causes),
      components: components!,
      zones: zones!,
      disruptions: disruptions!,
      shares: new Map(causes.map(({ address, share }) => [address, share])),
    };
  });
}

function playersOf(model: Model): Player[] {
  const { events } = model.tree;
  const byAddress = new Map<string, Player>();
  model.sources.forEach((source, event) => {
    if (source.type === 'choice') return;
    const members = events.members(event);
    const known = byAddress.get(members[0]!.address);
    if (known) {
      known.events.push(event);
      return;
    }
    const owner = events.owners[event]!;
    const { hits, scope } = source.cause;
    const zone = 'zone' in hits ? hits.zone : 'outboundOf' in hits ? hits.livesIn : null;
    byAddress.set(members[0]!.address, {
      addresses: members.map(({ address }) => address),
      events: [event],
      component: owner < 0 ? null : model.topology.components[owner]!.name,
      zone: zone === null ? null : `${regionOf(model, zone)}/${zone}`,
      disruption: scope,
    });
  });
  return [...byAddress.values()];
}

/** Names of zones begin with their region's, so that no two regions have one in common. */
function regionOf({ topology }: Model, zone: string): string {
  return topology.regions.find(({ zones }) => zones.includes(zone))!.name;
}

function groupsOf(
  players: readonly Player[],
  by: 'component' | 'zone' | 'disruption',
): { readonly address: string; readonly members: readonly number[] }[] {
  const groups = new Map<string, number[]>();
  players.forEach((player, i) => {
    const name = player[by];
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), i]);
  });
  return [...groups].map(([name, members]) => ({ address: by === 'disruption' ? name : `${by}/${name}`, members }));
}

/** The states when these players never are. */
function withoutPlayers(model: Model, states: Float64Array, players: readonly Player[], members: readonly number[]): Float64Array {
  const gone = new Set(members.flatMap((i) => players[i]!.events));
  return scaled(model, states, (event) => (gone.has(event) ? 0 : 1));
}

function largestFirst(list: readonly Contributor[]): Contributor[] {
  return list
    .filter(({ share, splitShare }) => share > 0 || splitShare > 0)
    .map((contributor) => ({ contributor, part: toldApart(contributor.splitShare), alone: toldApart(contributor.share) }))
    .sort((a, b) => b.part - a.part || b.alone - a.alone || (a.contributor.address < b.contributor.address ? -1 : 1))
    .map(({ contributor }) => contributor);
}
