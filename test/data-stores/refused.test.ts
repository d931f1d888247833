import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { synthesize } from '../../lib/stack/synthesize';
import { topologyOf } from '../specs';
import { changes } from './changes';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(`${tmpdir()}/nines-stores-`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(changes.map((change) => [change.refused.length === 0 ? 'is not refused' : 'is refused', change.what, change] as const))(
  'it %s: %s',
  (_, __, { after, before, refused }) => {
    synthesize([topologyOf(before)], folder);
    const { diagnostics, stacks } = synthesize([topologyOf(after)], folder);
    const found = diagnostics.map(({ code, path, severity }) => `${severity} ${code} at ${path?.join('.')}`);
    expect(found).toEqual(refused.map((path) => `error stack/data-loss at ${path}`));
    expect(stacks).toHaveLength(refused.length === 0 ? 1 : 0);
  },
);
