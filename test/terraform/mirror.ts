import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const roots = ['/opt', '/usr', '/srv'];
const host = 'registry.terraform.io';
const depth = 4;

function find(folder: string, below: number): string | undefined {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  } catch {
    // A folder that may not be read holds no mirror for us.
    return undefined;
  }
  if (entries.some((entry) => entry.name === host)) return join(folder, host);
  if (below === 0) return undefined;
  for (const { name } of entries) {
    const found = find(join(folder, name), below - 1);
    if (found) return found;
  }
  return undefined;
}

let written: string | null | undefined;

/** A Terraform CLI configuration that installs providers without a network, if this machine has a mirror; else Terraform asks its registry. */
export function tryFindCliConfig(): string | undefined {
  const given = process.env.TF_CLI_CONFIG_FILE;
  if (given && existsSync(given)) return given;
  if (written === undefined) {
    const mirror = roots.map((root) => find(root, depth - 1)).find((path) => path !== undefined);
    written = null;
    if (mirror) {
      written = join(mkdtempSync(join(tmpdir(), 'nines-terraformrc-')), 'terraformrc');
      writeFileSync(written, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(dirname(mirror))}\n  }\n}\n`);
    }
  }
  return written ?? undefined;
}
