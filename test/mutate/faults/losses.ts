import type { Fault } from '../fault';

const refused = 'test/data-stores/refused.test.ts';
const command = 'lib/cli/synth.test.ts';
const ours = { file: 'lib/drift/live/ours.ts', test: 'lib/drift/live/ours.test.ts' };

/** What would let data be lost unsaid, and what would take for ours what is not, or overlook what is. */
export const lossFaults: readonly Fault[] = [
  {
    name: 'an argument that makes a database anew is forgotten',
    file: 'lib/kinds/database/stores.ts',
    anchor: "db_name: { setting: 'database' },",
    replacement: '',
    test: { file: refused, name: 'is refused: another name of the first database' },
  },
  {
    name: 'going back to an older cache is taken for an upgrade',
    file: 'lib/kinds/cache/stores.ts',
    anchor: 'return major < 0 || (major === 0 && minor < 0);',
    replacement: 'return major > 0 || (major === 0 && minor > 0);',
    test: { file: refused, name: 'is refused: an older version of a cache' },
  },
  {
    name: 'another major version that nobody has agreed to',
    file: 'lib/kinds/database/refused-change.ts',
    anchor: 'if (to === from || after.upgrade !== null) return [];',
    replacement: 'if (to >= from) return [];',
    test: { file: 'lib/kinds/database/kind.test.ts', name: 'a change that AWS refuses: another major version$' },
  },
  {
    name: 'a store that is no longer there goes unnoticed',
    file: 'lib/stack/losses.ts',
    anchor: 'if (removed.has(address)) return [{ component, address, because: null }];',
    replacement: '',
    test: { file: refused, name: 'is refused: a database removed$' },
  },
  {
    name: 'the reason in a component is not read',
    file: 'lib/stack/losses.ts',
    anchor: 'if (written(after.topology, name).allowReplacement !== undefined) return [];',
    replacement: '',
    test: { file: refused, name: 'another engine of a database, for a reason' },
  },
  {
    name: 'the reason at the top of the spec allows everything',
    file: 'lib/stack/losses.ts',
    anchor: 'return toGo(after.topology).has(component) ? [] : [removed(component, own)];',
    replacement: 'return [];',
    test: { file: refused, name: 'is refused: a queue removed' },
  },
  {
    name: 'what the output folder holds is not read',
    file: 'lib/stack/synthesize.ts',
    anchor: ': earlierIn(folder);',
    replacement: ': null;',
    test: { file: command, name: 'a change that would make a database anew is refused' },
  },
  {
    name: 'the output folder is asked although a baseline is given',
    file: 'lib/stack/synthesize.ts',
    anchor: 'const earlier = baseline ?',
    replacement: 'const earlier = baseline && earlierIn(folder) === null ?',
    test: { file: command, name: 'a baseline may be' },
  },
  {
    name: 'units in other zones are overlooked where a setting differs too',
    file: 'lib/drift/components.ts',
    anchor: 'const explained = settings.length > 0 && component.units.length !== there.units.length;',
    replacement: 'const explained = settings.length > 0;',
    test: { file: 'lib/drift/components.test.ts', name: 'as many units elsewhere' },
  },
  {
    name: 'what only has a name like ours is taken for ours',
    file: ours.file,
    anchor: "return name.startsWith(prefix) && valueOfTag(tags, 'topology') === topology.name;",
    replacement: 'return name.startsWith(prefix);',
    test: { file: ours.test, name: 'not ours is' },
  },
  {
    name: 'version 17 is taken for version 1',
    file: ours.file,
    anchor: 'actual?.startsWith(`${wanted}.`)',
    replacement: 'actual?.startsWith(wanted)',
    test: { file: ours.test, name: 'a version that AWS has raised' },
  },
];
