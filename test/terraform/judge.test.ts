import { needs } from '../requirements';
import { exampleFiles, settingsIn, topologyFiles, topologyOf } from '../specs';
import { mockApply } from './mock-apply';
import { placedStacks, resourcesIn } from './placed-stacks';
import { planAll } from './plan-all';

const judged = needs('terraform');
const minutes = 60_000;

const stacksIn = (files: readonly string[]) => placedStacks(files.map((file) => topologyOf(settingsIn(file))));

// Random specs are planned by test/slow/plans.test.ts, which takes minutes.
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
