import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraform } from './run';
import { offlineProvider, regionOf, variablesOf, withoutBackend, type Stack } from './stack-json';

/** A plan of `terraform show -json`, as far as tests read it. */
export interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[]; readonly after: Readonly<Record<string, unknown>> | null };
  }[];
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
    terraform(root, 'plan', '-no-color', '-lock=false', '-refresh=false', '-out=plan');
    return JSON.parse(terraform(root, 'show', '-json', 'plan')) as Plan;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
