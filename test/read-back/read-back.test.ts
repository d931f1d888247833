import { randomSpec } from '../random-specs/random-spec';
import { exampleFiles, settingsIn, topologyFiles, topologyOf, withoutFlows } from '../specs';
import { stackOf } from '../synthesized';
import { foundIn, modelOf } from './read-back';

test.each([...topologyFiles, ...exampleFiles])('the Terraform of %s has exactly the units and the behaviour of the model', (file) => {
  const topology = topologyOf(settingsIn(file));
  const model = modelOf(topology);
  const found = foundIn(stackOf(topology).json, topology);
  expect(found.units).toEqual(model.units);
  expect(found.behaviour).toEqual(model.behaviour);
});

test('the Terraform of random specs has exactly the units and the behaviour of the model', () => {
  for (let seed = 0; seed < 60; seed++) {
    const topology = topologyOf(withoutFlows(randomSpec(seed)));
    const found = foundIn(stackOf(topology).json, topology);
    expect({ seed, ...found }).toEqual({ seed, ...modelOf(topology) });
  }
});
