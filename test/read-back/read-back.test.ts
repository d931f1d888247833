import { exampleFiles, settingsIn, topologyFiles, topologyOf } from '../specs';
import { stackOf } from '../synthesized';
import { foundIn, modelOf } from './read-back';

test.each([...topologyFiles, ...exampleFiles])('the Terraform of %s has exactly the units and the behaviour of the model', (file) => {
  const topology = topologyOf(settingsIn(file));
  const model = modelOf(topology);
  const found = foundIn(stackOf(topology).json, topology);
  expect(found.units).toEqual(model.units);
  expect(found.behaviour).toEqual(model.behaviour);
});
