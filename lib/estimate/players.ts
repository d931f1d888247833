import type { Topology } from '../topology/topology';
import { edited, tryResolve, type Edit, type Tree } from './edits';

/** Edits that are made together: the smallest sets that leave a valid topology with every combination of the others. */
export interface Players {
  readonly players: readonly (readonly Edit[])[];
  /** The topology in which some players have made their edits; null: it is none, which can be with combinations of more than eight players. */
  tryWith(coalition: readonly boolean[]): Topology | null;
  /** With those joined that make a combination invalid. */
  joined(wrong: readonly boolean[]): Players;
}

/** More are shared out by subject, and more subjects not at all: each costs a model for every order that is drawn. */
export const mostPlayers = 24;

/** Up to so many players every combination is tried. */
const tryAll = 8;

/**
 * Joins edits until every combination is a valid topology; of more than eight players, those of one and two and of all but one and two. null: there are
 * too many, or not even all of them or none make a valid one. The order of the edits decides nothing but the order of the players.
 */
export function playersOf(base: Tree, edits: readonly Edit[]): Players | null {
  const known = new Map<string, Topology | null>();
  const make = (made: readonly Edit[]): Topology | null => {
    const key = JSON.stringify(made.map(({ path }) => path));
    const found = known.get(key);
    if (found !== undefined) return found;
    const topology = tryResolve(edited(base, made));
    known.set(key, topology);
    return topology;
  };
  const single = edits.map((edit) => [edit]);
  const groups = single.length > mostPlayers ? bySubject(edits) : single;
  if (groups.length > mostPlayers || !make([]) || !make(edits)) return null;
  return joinedUntilValid(groups, edits, make);
}

function joinedUntilValid(
  start: readonly (readonly Edit[])[],
  edits: readonly Edit[],
  make: (made: readonly Edit[]) => Topology | null,
  known: readonly boolean[] | null = null,
): Players {
  let groups = start;
  const tryWith = (coalition: readonly boolean[]) => make(inOrder(edits, groups.filter((_, i) => coalition[i]).flat()));
  for (let wrong = known ?? firstInvalid(groups.length, tryWith); wrong; wrong = firstInvalid(groups.length, tryWith)) {
    const together = conflict(wrong, (coalition) => tryWith(coalition) !== null);
    const joined = inOrder(edits, groups.filter((_, i) => together.has(i)).flat());
    const first = Math.min(...together);
    groups = groups.flatMap((group, i) => (i === first ? [joined] : together.has(i) ? [] : [group]));
  }
  return { players: groups, tryWith, joined: (wrong) => joinedUntilValid(groups, edits, make, wrong) };
}

const inOrder = (edits: readonly Edit[], some: readonly Edit[]): Edit[] => edits.filter((edit) => some.includes(edit));

function bySubject(edits: readonly Edit[]): Edit[][] {
  const groups = new Map<string, Edit[]>();
  for (const edit of edits) {
    const key = JSON.stringify(edit.path.slice(0, 2));
    groups.set(key, [...(groups.get(key) ?? []), edit]);
  }
  return [...groups.values()];
}

function firstInvalid(players: number, tryWith: Players['tryWith']): readonly boolean[] | null {
  for (const coalition of combinations(players)) if (!tryWith(coalition)) return coalition;
  return null;
}

/** All combinations of a few players; of many, one and two of them alone, and all but one and two. */
function* combinations(players: number): Generator<boolean[]> {
  const all = Array.from({ length: players }, (_, i) => i);
  const of = (members: readonly number[], inside: boolean) => all.map((i) => members.includes(i) === inside);
  for (const i of all) {
    yield of([i], true);
    yield of([i], false);
  }
  if (players <= tryAll) {
    for (let set = 0; set < 2 ** players; set++) yield all.map((i) => ((set >> i) & 1) === 1);
    return;
  }
  for (const i of all) {
    for (const j of all.slice(i + 1)) {
      yield of([i, j], true);
      yield of([i, j], false);
    }
  }
}

/** The first player that makes an invalid combination of a valid one, with the fewest others that make it valid again. */
function conflict(wrong: readonly boolean[], valid: (coalition: readonly boolean[]) => boolean): Set<number> {
  const players = wrong.map((_, i) => i);
  const inside = new Set<number>();
  const is = (members: ReadonlySet<number>) => valid(players.map((i) => members.has(i)));
  let breaker = -1;
  for (const player of players.filter((i) => wrong[i])) {
    inside.add(player);
    if (is(inside)) continue;
    breaker = player;
    break;
  }
  if (breaker < 0) throw new Error('An invalid combination of edits is valid when they are made one by one. This is a bug in nines.');
  // From all edits, which are valid together, take away what is not needed, until nothing can be taken away.
  const helpers = new Set(players.filter((i) => !inside.has(i)));
  for (let before = -1; before !== helpers.size;) {
    before = helpers.size;
    for (const player of Array.from(helpers)) {
      helpers.delete(player);
      if (!is(new Set([...inside, ...helpers]))) helpers.add(player);
    }
  }
  return new Set([breaker, ...helpers]);
}
