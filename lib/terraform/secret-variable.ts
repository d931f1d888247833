import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, TerraformVariable } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import type { Construct } from 'constructs';
import { named } from './names';

/** Written beside a stack that has secret variables, so that `terraform test` can plan it without them. */
export const secretsTestFile = 'secrets.tftest.json';

const namesByStack = new WeakMap<TerraformStack, Set<string>>();

/**
 * A variable for a secret, set by `TF_VAR_<name>`: ephemeral, so it is in no plan and no state, and without a default, so nothing is deployed without it.
 * @example secretVariable(this, 'orders_db_password', 'Master password of orders-db.') // => '${var.orders_db_password}'
 */
export function secretVariable(scope: Construct, name: string, description: string): string {
  const variable = named(new TerraformVariable(scope, name, { type: 'string', sensitive: true, description }), name);
  // cdktf knows no ephemeral variables.
  variable.addOverride('ephemeral', true);

  const stack = TerraformStack.of(scope);
  const names = namesByStack.get(stack) ?? new Set<string>();
  namesByStack.set(stack, names.add(name));
  addCustomSynthesis(scope, {
    // Every variable of the stack in one file: a test that lacks the value of one of them fails.
    onSynthesize: ({ outdir, manifest }) => {
      const folder = join(outdir, manifest.forStack(stack).workingDirectory);
      const variables = Object.fromEntries([...names].sort().map((each) => [each, 'for-tests-only-1']));
      const content = { variables, run: { plan: { command: 'plan' } } };
      writeFileSync(join(folder, secretsTestFile), `${JSON.stringify(content, null, 2)}\n`);
    },
  });
  return variable.stringValue;
}
