import { randomSpec } from '../../test/random-specs/random-spec';
import { settingsIn, topologyOf } from '../../test/specs';
import type { Plain } from '../topology/plain';
import { compare } from './compare';
import { edited, editsBetween, treeOf, tryResolve } from './edits';
import { mostPlayers, playersOf } from './players';

const named = (seed: number, changes: Plain = {}): Plain => ({ ...randomSpec(seed), name: 'pair', ...changes });

const backwards = (value: Plain): Plain =>
  Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [
        key,
        typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? backwards(entry as Plain) : entry,
      ]),
  );

test.each([
  [3, 4],
  [5, 6],
  [9, 10],
  [13, 14],
])('of random specs %d and %d the parts add up, in whatever order they are written, and tags have none', (one, other) => {
  const before = named(one, { tags: { team: 'a' } });
  const after = named(other, { tags: { team: 'b' } });
  const options = { samples: 20, cutSets: 1 };
  const comparison = compare(topologyOf(before), topologyOf(after), options);
  const common = comparison.flows.filter(({ delta }) => delta !== null);
  expect(common.length).toBeGreaterThan(0);
  for (const { changes, delta } of common) {
    const sum = changes.reduce((total, { unavailability }) => total + unavailability, 0);
    expect(Math.abs(sum - delta!.unavailability)).toBeLessThanOrEqual(1e-9 * Math.abs(delta!.unavailability));
    const tags = changes.filter(({ edits }) => edits.every(({ path }) => path[0] === 'tags'));
    expect(tags.map(({ unavailability }) => unavailability)).toEqual([0]);
  }
  const again = compare(topologyOf(backwards(before)), topologyOf(backwards(after)), options);
  for (const { changes, delta, flow } of again.flows) {
    const first = comparison.flows.find((candidate) => candidate.flow === flow)!;
    expect(delta).toEqual(first.delta);
    expect(changes).toEqual(first.changes);
  }
});

test('every combination of players is a valid topology, and joining less would not be', () => {
  const minimal = settingsIn('topologies/minimal.yaml');
  const { web, front } = minimal.components as Record<string, Plain>;
  const store = { kind: 'cache', form: 'replication-group', class: 'cache.r7g.large', replicas: 1 };
  const after: Plain = {
    ...minimal,
    components: {
      front: { ...front!, dependsOn: ['web'] },
      web: { ...web!, count: 2, needs: 1, dependsOn: ['store', 'jobs'] },
      store,
      jobs: { kind: 'queue' },
    },
  };
  // A group of two cannot need three: fewer units and smaller needs go together.
  const before: Plain = { ...minimal, components: { front: front!, web: { ...web!, count: 4, needs: 3 } } };
  const [base, head] = [treeOf(before), treeOf(after)];
  const { players, tryWith } = playersOf(base, editsBetween(base, head))!;
  const names = players.map((edits) => edits.map(({ path }) => path.slice(1).join('.')).join(' & '));
  expect(names.sort()).toEqual(['jobs & web.dependsOn.jobs', 'store & web.dependsOn.store', 'web.count & web.needs']);
  for (let set = 0; set < 2 ** players.length; set++) expect(tryWith(players.map((_, i) => ((set >> i) & 1) === 1))).not.toBeNull();
  for (const edits of players) expect(edits.every((edit) => tryResolve(edited(base, [edit])) !== null)).toBe(false);
});

test('a combination that is valid is no reason to join anything', () => {
  const settings = settingsIn('topologies/minimal.yaml');
  const head = { ...settings, tags: { a: '1' }, account: '123456789012' } as unknown as Plain;
  const [base, tree] = [treeOf(settings), treeOf(head)];
  const game = playersOf(base, editsBetween(base, tree))!;
  expect(game.players).toHaveLength(2);
  expect(() => game.joined([true, true])).toThrow('This is a bug in nines');
});

test('too many changes are not attributed, and the reason is said', () => {
  const components = Object.fromEntries(Array.from({ length: mostPlayers + 2 }, (_, i) => [`q${i}`, { kind: 'queue' }]));
  const settings = settingsIn('topologies/minimal.yaml');
  const base: Plain = { ...settings, components, flows: { send: { requires: Object.keys(components) } } };
  const seconds = (count: number) =>
    Object.fromEntries(Object.keys(components).map((name) => [name, { kind: 'queue', maxReceives: count }]));
  const head: Plain = {
    ...base,
    components: { ...seconds(7), extra: { kind: 'queue' } },
    flows: { send: { requires: [...Object.keys(components), 'extra'] } },
  };
  const comparison = compare(topologyOf(base), topologyOf(head), { samples: 20, cutSets: 1 });
  expect(comparison.attribution.because).toMatch(/differ in too many things/);
  expect(comparison.flows[0]!.changes).toEqual([]);
});
