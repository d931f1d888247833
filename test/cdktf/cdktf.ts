import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { terraformEnvironment } from '../terraform/run';

const root = join(__dirname, '../..');

/** A project as a user has it: our `cdktf.json`, with the app that it names bundled from a source. */
export function makeProject(folder: string, source: string): void {
  buildSync({
    entryPoints: [join(root, source)],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile: join(folder, 'app.js'),
    logLevel: 'error',
  });
  const config = JSON.parse(readFileSync(join(root, 'cdktf.json'), 'utf8')) as Record<string, unknown>;
  // The built app stands elsewhere; all else is as we ship it.
  writeFileSync(join(folder, 'cdktf.json'), JSON.stringify({ ...config, app: 'node app.js' }));
  mkdirSync(join(folder, 'home'));
}

export interface Outcome {
  readonly status: number | null;
  /** Both streams, without colours and spinners. */
  readonly said: string;
}

/** Runs the real cdktf in a project, without a network. */
export function cdktf(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Outcome {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [join(root, 'node_modules/cdktf-cli/bundle/bin/cdktf'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: {
      ...terraformEnvironment(),
      CI: '1',
      CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
      CDKTF_HOME: join(folder, 'home'),
      // Else diff and deploy ask the public registry even where there is a mirror.
      CDKTF_SKIP_PROVIDER_LOCK: 'true',
      ...env,
    },
  });
  if (error) throw error;
  // eslint-disable-next-line no-control-regex
  return { status, said: `${stdout}${stderr}`.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '') };
}
