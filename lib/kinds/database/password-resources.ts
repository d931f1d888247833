import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import type { Construct } from 'constructs';

const variablesByStack = new WeakMap<TerraformStack, Set<string>>();

/**
 * The variable for the master password of a database whose password RDS does not manage: `orders_db_password`, set by `TF_VAR_orders_db_password`. It is
 * ephemeral, so it is in no plan and no state, and it has no default, so nothing is deployed without it. For `terraform test`, a file beside the stack
 * gives a value to every such variable of it.
 */
export function passwordVariable(scope: Construct, component: string): string {
  const name = `${component.replaceAll('-', '_')}_password`;
  const variable = new TerraformVariable(scope, 'password', {
    type: 'string',
    sensitive: true,
    description: `Master password of ${component}. Set TF_VAR_${name}; raise passwordVersion to write another one.`,
  });
  variable.overrideLogicalId(name);
  variable.addOverride('ephemeral', true);

  const stack = TerraformStack.of(scope);
  const names = variablesByStack.get(stack) ?? new Set<string>();
  variablesByStack.set(stack, names.add(name));
  addCustomSynthesis(scope, {
    onSynthesize: ({ outdir, manifest }) => {
      const folder = join(outdir, manifest.forStack(stack).workingDirectory);
      const variables = Object.fromEntries([...names].sort().map((each) => [each, 'for-tests-only-1']));
      writeFileSync(
        join(folder, 'passwords.tftest.json'),
        `${JSON.stringify({ variables, run: { plan: { command: 'plan' } } }, null, 2)}\n`,
      );
    },
  });
  return variable.stringValue;
}
