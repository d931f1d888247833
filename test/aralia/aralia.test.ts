import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../lib/engine/compile';
import { cutSets } from '../../lib/engine/cut-sets';
import { readOpenPsa } from '../../lib/fault-tree/open-psa';
import { araliaFolder, araliaReferences, type AraliaReference } from './aralia';

/** Trees that take more than a moment: `npm run test:aralia` has them too. */
const SLOW = new Set(['cea9601', 'das9701', 'edf9203', 'edfpa14b', 'edfpa14r']);

const folder = araliaFolder();
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

if (folder === undefined && (without || process.env.NINES_REQUIRE_ALL !== '1')) {
  test('the Aralia fault trees are left out, and this says so', () => {
    process.stderr.write(`LEFT OUT: the Aralia fault trees (${without ? 'NINES_WITHOUT=aralia' : 'NINES_ARALIA says where they are'})\n`);
    expect(folder).toBeUndefined();
  });
} else {
  const references = folder === undefined ? {} : araliaReferences(folder);
  const solved = Object.entries(references).filter(
    (entry): entry is [string, AraliaReference] => typeof entry[1]?.probability === 'string',
  );

  test('the Aralia fault trees are there', () => {
    expect(solved.length).toBeGreaterThanOrEqual(28);
  });

  const chosen = solved.filter(([name]) => process.env.NINES_ARALIA_ALL === '1' || !SLOW.has(name));
  test.each(chosen)('%s has the probability and the cut sets of the reference', (name, reference) => {
    check(name, reference);
  });
}
