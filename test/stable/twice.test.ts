import { exampleFiles, settingsIn, topologyFiles, topologyOf } from '../specs';
import { stacksOf } from '../synthesized';

test('synthesized again, a moment later and in another order, every spec has the same Terraform', () => {
  const topologies = [...topologyFiles, ...exampleFiles].map((file) => topologyOf(settingsIn(file)));
  const texts = (given: typeof topologies) => Object.fromEntries(stacksOf(given).map(({ json, name }) => [name, JSON.stringify(json)]));
  expect(texts(topologies.toReversed())).toEqual(texts(topologies));
});
