import { TerraformOutput, type TerraformStack } from 'cdktf';
import type { ComponentConstruct } from '../terraform/component-construct';
import { named } from '../terraform/names';

/** Tells what callers and operators have to know of each component: `terraform output -json components`. */
export function makeOutputs(stack: TerraformStack, components: readonly ComponentConstruct[]): void {
  const told = components.map(({ name, outputs }) => [name, outputs] as const).filter(([, outputs]) => Object.keys(outputs).length > 0);
  if (told.length === 0) return;
  const description = 'Addresses and names of the components';
  named(new TerraformOutput(stack, 'components', { description, value: Object.fromEntries(told) }), 'components');
}
