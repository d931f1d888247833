import { Random } from '../../lib/engine/random';
import { loadSpec } from '../../lib/spec/load';
import { resolve } from '../../lib/resolve/resolve';
import type { Plain } from '../../lib/topology/plain';
import { randomSpec } from '../random-specs/random-spec';
import { fuzz } from './fuzz';
import { mutateSettings } from './mutate';

test('mutated specs and raw bytes are told what is wrong with them: no crash, no hang', () => {
  const { failures, accepted, codes, runs } = fuzz(400, 1);
  expect(failures).toEqual([]);
  // Both ways out are taken, and many different mistakes are found: otherwise the mutations test nothing.
  expect(accepted).toBeGreaterThan(runs / 50);
  expect(accepted).toBeLessThan(runs / 2);
  expect(codes.size).toBeGreaterThan(30);
});

test('what the schema accepts, resolving takes as it is: no spec with readable settings throws', () => {
  for (let run = 0; run < 200; run++) {
    const random = new Random(2).split(run);
    const spec = mutateSettings(random, randomSpec(run));
    const { diagnostics, topology } = loadSpec(JSON.stringify(spec), 'fuzz.json');
    if (!topology) continue;
    // Plain settings and written text are the same to it.
    expect(resolve(spec as Plain).topology).toEqual(topology);
    expect(diagnostics.every(({ severity }) => severity === 'warning')).toBe(true);
  }
});
