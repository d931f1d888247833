import type { TerraformStack } from 'cdktf';
import { estimate as estimateTopology, type Estimate, type EstimateOptions } from '../estimate/estimate';
import { Flows } from './flows';

/**
 * How available the system of a stack will be.
 * @example estimate(stack).results[0].unavailability // => 3.1e-5
 */
export function estimate(stack: TerraformStack, options: EstimateOptions = {}): Estimate {
  const [flows, another] = stack.node.findAll().filter((node) => node instanceof Flows);
  if (!flows || another)
    throw new RangeError(`the stack ${stack.node.id} needs one Flows to be estimated, it has ${another ? 'several' : 'none'}`);
  return estimateTopology(flows.topology(), options);
}
