import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraform } from './run';
import { offlineProvider, regionOf, variablesOf, withoutBackend, type Stack } from './stack-json';

/** What a plan says that it will do. */
export interface Plan {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

/**
 * Real `init`, `validate` and `plan` with the AWS provider, of many stacks at once: each is a module of one root, with one provider per region.
 * Throws what Terraform says.
 */
export function planAll(stacks: readonly Stack[]): Plan {
  const root = mkdtempSync(join(tmpdir(), 'nines-plan-'));
  try {
    const regions = [...new Set(stacks.map(({ json }) => regionOf(json)))];
    const module: Record<string, unknown> = {};
    for (const { name, json } of stacks) {
      const { provider: _provider, ...rest } = withoutBackend(json);
      mkdirSync(join(root, 'modules', name), { recursive: true });
      writeFileSync(join(root, 'modules', name, 'cdk.tf.json'), JSON.stringify(rest));
      module[name] = { source: `./modules/${name}`, providers: { aws: `aws.${regionOf(json)}` }, ...variablesOf(json) };
    }
    const terraformBlock = { required_providers: { aws: { source: 'hashicorp/aws' } } };
    const provider = { aws: regions.map((region) => ({ alias: region, region, ...offlineProvider })) };
    writeFileSync(join(root, 'main.tf.json'), JSON.stringify({ terraform: terraformBlock, provider, module }));
    terraform(root, 'init', '-backend=false', '-no-color');
    terraform(root, 'validate', '-no-color');
    const said = terraform(root, 'plan', '-no-color', '-lock=false', '-refresh=false');
    const [, add, change, destroy] = /^Plan: (\d+) to add, (\d+) to change, (\d+) to destroy\.$/m.exec(said) ?? [];
    if (add === undefined) throw new Error(`the plan does not say what it does:\n${said}`);
    return { add: Number(add), change: Number(change), destroy: Number(destroy) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
