import { randomSpec } from '../random-specs/random-spec';
import { needs } from '../requirements';
import { exampleFiles, settingsIn, topologyFiles, topologyOf, withoutFlows } from '../specs';
import { stacksOf } from '../synthesized';
import { mockApply } from './mock-apply';
import { planAll } from './plan-all';
import type { Stack } from './stack-json';

const judged = needs('terraform');
const minutes = 60_000;

/** Stacks of specs, named by place, since two examples may have one name. */
const stacksIn = (files: readonly string[]) =>
  files.flatMap((file, i) => stacksOf([topologyOf(settingsIn(file))]).map((stack) => ({ ...stack, name: `${stack.name}-${i}` })));

const resourcesIn = (stacks: readonly Stack[]) =>
  stacks.flatMap(({ json }) => Object.values(json.resource ?? {}).flatMap((byName) => Object.keys(byName))).length;

judged(
  'the real AWS provider plans each topology and each example of a kind',
  () => {
    const stacks = stacksIn([...topologyFiles, ...exampleFiles]);
    expect(planAll(stacks)).toEqual({ add: resourcesIn(stacks), change: 0, destroy: 0 });
  },
  10 * minutes,
);

for (const file of topologyFiles) {
  judged(
    `a mock of AWS applies and destroys ${file}`,
    () => {
      for (const stack of stacksIn([file])) expect(mockApply(stack)).toContain('1 passed, 0 failed');
    },
    10 * minutes,
  );
}

const [randomSpecs, batch] = [60, 20];

for (let first = 0; first < randomSpecs; first += batch) {
  judged(
    `the real AWS provider plans the random specs ${first} to ${first + batch - 1}`,
    () => {
      const seeds = Array.from({ length: batch }, (_, i) => first + i);
      const stacks = seeds.flatMap((seed) =>
        stacksOf([topologyOf(withoutFlows(randomSpec(seed)))]).map((stack) => ({ ...stack, name: `random-${seed}` })),
      );
      expect(planAll(stacks)).toEqual({ add: resourcesIn(stacks), change: 0, destroy: 0 });
    },
    10 * minutes,
  );
}
