import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../lib/cli/command';
import { run } from '../../lib/cli/main';
import type { SolveDocument } from '../../lib/document/solve';
import { compile } from '../../lib/engine/compile';
import { cutSets } from '../../lib/engine/cut-sets';
import { readOpenPsa } from '../../lib/fault-tree/open-psa';
import { araliaFolder, araliaReferences, leaveOut, type AraliaReference } from './aralia';

/** Trees that take more than a moment: `npm run ci:aralia` has them too. */
const SLOW = new Set(['cea9601', 'das9701', 'edf9203', 'edfpa14b', 'edfpa14r']);
const all = process.env.NINES_ARALIA_ALL === '1';

const folder = araliaFolder();
/** Named as left out, by who cannot have them. */
const without = process.env.NINES_WITHOUT?.split(',').includes('aralia') === true;

const check = (name: string, reference: AraliaReference): void => {
  const { model } = readOpenPsa(readFileSync(join(folder!, `${name}.xml`), 'utf8'), { file: `${name}.xml` });
  const compiled = compile(model!.formula, [model!.root]);
  const probability = compiled.probability(model!.values)[0]!;
  expect(Math.abs(probability / Number(reference.probability) - 1)).toBeLessThan(1e-12);
  if (reference.minimal_cut_sets === undefined) return;
  const sets = cutSets(compiled);
  expect(sets.total().toString()).toBe(reference.minimal_cut_sets);
  if (reference.by_order !== undefined) expect(sets.byOrder().map(String)).toEqual(reference.by_order);
};

if (without || (folder === undefined && process.env.NINES_REQUIRE_ALL !== '1')) {
  leaveOut(without ? 'NINES_WITHOUT=aralia' : 'NINES_ARALIA says where they are');
} else {
  const references = folder === undefined ? {} : araliaReferences(folder);
  const solved = Object.entries(references).filter(
    (entry): entry is [string, AraliaReference] => typeof entry[1]?.probability === 'string',
  );

  test('the Aralia fault trees are there: NINES_ARALIA says where', () => {
    expect(solved.length).toBeGreaterThanOrEqual(28);
  });

  const chosen = solved.filter(([name]) => all || !SLOW.has(name));
  test.each(chosen)('%s has the probability and the cut sets of the reference', (name, reference) => {
    check(name, reference);
  });

  const unsolved = all ? Object.keys(references).filter((name) => references[name]?.probability === null) : [];
  if (unsolved.length > 0)
    test.each(unsolved)('%s, which nobody has solved, gets guaranteed bounds in a minute that differ by less than half', async (name) => {
      let out = '';
      const io: Io = {
        env: {},
        cwd: folder!,
        stdout: { write: (text) => void (out += text), isTTY: false },
        stderr: { write: (text) => void (out += text), isTTY: false },
        readStdin: async () => '',
      };
      expect(await run(['solve', `${name}.xml`, '--time-limit', '60s', '--format', 'json'], io)).toBe(0);
      const { probability, bounds, factor, stoppedBy } = JSON.parse(out) as SolveDocument;
      expect({ probability, stoppedBy }).toEqual({ probability: null, stoppedBy: 'milliseconds' });
      expect(bounds![0]).toBeGreaterThan(0);
      expect(factor).toBe(bounds![1] / bounds![0]);
      expect(factor).toBeLessThan(1.5);
    });
}
