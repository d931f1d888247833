import { randomSpec } from '../random-specs/random-spec';
import { needs } from '../requirements';
import { topologyOf, withoutFlows } from '../specs';
import { planAll } from '../terraform/plan-all';
import { placedStacks, resourcesIn } from '../terraform/placed-stacks';

const judged = needs('terraform');

const [randomSpecs, batch] = [60, 20];

for (let first = 0; first < randomSpecs; first += batch) {
  judged(`the real AWS provider plans the random specs ${first} to ${first + batch - 1}`, () => {
    const seeds = Array.from({ length: batch }, (_, i) => first + i);
    const stacks = placedStacks(seeds.map((seed) => topologyOf(withoutFlows(randomSpec(seed)))));
    expect(planAll(stacks)).toEqual({ add: resourcesIn(stacks), change: 0, destroy: 0 });
  });
}
