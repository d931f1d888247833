import { Random } from '../../lib/engine/random';
import validator from '../../lib/spec/validate.generated';
import isValid from '../../lib/spec/verdict.generated';
import type { Plain } from '../../lib/topology/plain';
import { randomSpec } from '../random-specs/random-spec';
import { exampleFiles, settingsIn, topologyFiles } from '../specs';
import { mutateSettings } from './mutate';

/** What is neither refused by the one nor by the other, and by both. */
function verdicts(specs: readonly unknown[]): { readonly accepted: number; readonly refused: number; readonly differ: readonly unknown[] } {
  const validate = validator();
  const differ = specs.filter((spec) => isValid(spec) !== validate(spec));
  const accepted = specs.filter((spec) => isValid(spec)).length;
  return { accepted, refused: specs.length - accepted, differ };
}

test('the short verdict on a spec is that of the validator which says what is wrong', () => {
  const good = [...topologyFiles, ...exampleFiles].map(settingsIn);
  expect(verdicts(good)).toEqual({ accepted: good.length, refused: 0, differ: [] });
  const mutated = Array.from({ length: 1500 }, (_, run) => {
    const random = new Random(11).split(run);
    return mutateSettings(random, run % 3 === 0 ? (good[run % good.length] as Plain) : randomSpec(run));
  });
  const { accepted, differ, refused } = verdicts(mutated);
  expect(differ).toEqual([]);
  expect(accepted).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(500);
});

test('it tells neither where a spec is wrong nor how', () => {
  expect(isValid({ version: 1, name: 7 })).toBe(false);
  expect(isValid).toHaveProperty('errors', [true]);
});
