import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { closedBecause } from '../../lib/cli/diff';
import type { DiffDocument } from '../../lib/document/diff';
import schema from '../../lib/document/diff.schema.json';
import { renderComment } from '../../lib/report/diff-markdown';
import { renderDiffText } from '../../lib/report/diff-text';
import { Repository } from './story';

const validate = new Ajv({ strict: false }).compile<DiffDocument>(schema);
const spec = readFileSync(join(__dirname, 'shop.yaml'), 'utf8');
const wanting = (target: string) => spec.replace('target: { availability: 99.95% }', `target: { availability: 99.95%${target} }`);

let repository: Repository;
beforeAll(() => (repository = new Repository()));
afterAll(() => repository.remove());

async function diff(before: string, after: string): Promise<DiffDocument> {
  repository.write('before.yaml', before);
  repository.write('after.yaml', after);
  const { code, out } = await repository.nines([
    'diff',
    'before.yaml',
    'after.yaml',
    '--no-resources',
    '--samples',
    '40',
    '--format',
    'json',
  ]);
  expect(code).toBe(0);
  const document: unknown = JSON.parse(out);
  expect(validate(document) ? [] : validate.errors).toEqual([]);
  return document as DiffDocument;
}

test('a diff carries the recovery objectives of both versions, with why they are not judged', async () => {
  const { objectives } = await diff(wanting(', rto: 15m'), wanting(', rto: 5m, rpo: 0s'));
  const state = (seconds: number) => ({ seconds, met: null, because: expect.stringMatching(/./) as unknown });
  expect(objectives).toEqual([
    { topology: 'shop', flow: 'buy', objective: 'rto', before: state(900), after: state(300) },
    { topology: 'shop', flow: 'buy', objective: 'rpo', before: null, after: state(0) },
  ]);
  expect((await diff(spec, spec.replace('replicas: 1', 'replicas: 2'))).objectives).toEqual([]);
});

test('one that is judged and newly missed is told, and closes the gate', async () => {
  const document = await diff(wanting(', rto: 15m'), wanting(', rto: 5m'));
  const judged = (before: boolean | null, after: boolean | null): DiffDocument => ({
    ...document,
    objectives: document.objectives.map((one) => ({
      ...one,
      before: { ...one.before!, met: before },
      after: { ...one.after!, met: after },
    })),
  });
  const told = (one: DiffDocument) =>
    [renderDiffText(one), renderComment(one)].map((text) => /buy newly \w+ its RTO of 5 min/.exec(text)?.[0]);
  const closed = (one: DiffDocument) => closedBecause(one, () => null);
  const missed = 'buy newly misses its RTO of 5 min';
  expect([told(judged(true, false)), closed(judged(true, false))]).toEqual([[missed, missed], ['shop/buy newly misses its RTO.']]);
  expect([told(judged(null, false)), closed(judged(null, false))]).toEqual([[missed, missed], ['shop/buy newly misses its RTO.']]);
  const met = 'buy newly meets its RTO of 5 min';
  expect([told(judged(false, true)), closed(judged(false, true))]).toEqual([[met, met], []]);
  for (const [before, after] of [
    [null, null],
    [true, true],
    [false, false],
    [true, null],
  ] as const)
    expect([told(judged(before, after)), closed(judged(before, after))]).toEqual([[undefined, undefined], []]);
});
