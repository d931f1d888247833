import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraform } from '../terraform/run';
import { offlineProvider, variablesOf, withoutBackend, type Stack } from '../terraform/stack-json';

/** `terraform show -json` of first plans by the real provider, by the name of the stack; one folder for all, so that the provider is set up once. */
export function plansOf(stacks: readonly Stack[]): ReadonlyMap<string, string> {
  const root = mkdtempSync(join(tmpdir(), 'nines-scan-'));
  try {
    const plans = stacks.map(({ json, name }): [string, string] => {
      const provider = { aws: (json.provider?.aws ?? []).map(({ region }) => ({ region, ...offlineProvider })) };
      writeFileSync(join(root, 'cdk.tf.json'), JSON.stringify({ ...withoutBackend(json), provider }));
      writeFileSync(join(root, 'terraform.tfvars.json'), JSON.stringify(variablesOf(json)));
      // All take the same provider, in the same version.
      if (!existsSync(join(root, '.terraform'))) terraform(root, 'init', '-backend=false', '-no-color');
      terraform(root, 'plan', '-no-color', '-lock=false', '-refresh=false', '-out=plan');
      return [name, terraform(root, 'show', '-json', 'plan')];
    });
    return new Map(plans);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Writes each plan to a file of its own, and removes them after the work. */
export function withFiles<Result>(texts: ReadonlyMap<string, string>, work: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'nines-scanned-'));
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of texts) writeFileSync(join(folder, `${name}.json`), text);
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
