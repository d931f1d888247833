import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Plain } from '../../lib/topology/plain';
import { makeProject } from '../cdktf/cdktf';
import { terraformEnvironment } from '../terraform/run';

const cdktfCli = resolve(__dirname, '../../node_modules/cdktf-cli/bundle/bin/cdktf');

/** What the provider must be told to be content with an emulator; everything else is as for AWS. */
const emulated: Plain = {
  access_key: 'test',
  secret_key: 'test',
  skip_credentials_validation: true,
  skip_metadata_api_check: 'true',
  s3_use_path_style: true,
  max_retries: 2,
};

export interface Said {
  readonly status: number | null;
  readonly said: string;
}

/** A project of a user with one topology, deployed to an emulator. */
export interface Project {
  readonly folder: string;
  /** Writes the spec, so that the next command takes this one. */
  write(settings: Plain): void;
  cdktf(...args: readonly string[]): Promise<Said>;
  terraform(...args: readonly string[]): Promise<Said>;
  remove(): void;
}

/** Makes a project beside others: each has its own folder, state and home of cdktf. */
export function openProject(name: string, url: string): Project {
  const folder = mkdtempSync(join(tmpdir(), `nines-deploy-${name}-`));
  makeProject(folder, 'lib/cli/app.ts');
  mkdirSync(join(folder, 'topologies'));
  const { AWS_CA_BUNDLE: _bundle, AWS_PROFILE: _profile, ...inherited } = terraformEnvironment();
  const env = {
    ...inherited,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    CI: '1',
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    CDKTF_HOME: join(folder, 'home'),
    // Else diff and deploy ask the public registry even where there is a mirror.
    CDKTF_SKIP_PROVIDER_LOCK: 'true',
  };
  return {
    folder,
    write: (settings) =>
      writeFileSync(join(folder, 'topologies', `${name}.json`), JSON.stringify({ ...settings, provider: emulated }, null, 2)),
    cdktf: (...args) => run(process.execPath, [cdktfCli, ...args], folder, env),
    terraform: (...args) => run('terraform', args, join(folder, 'cdktf.out/stacks', name), env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The resources in the state of a project's stack, by address. */
export function stateOf({ folder }: Project, stack: string): string[] {
  const state = JSON.parse(readFileSync(join(folder, `terraform.${stack}.tfstate`), 'utf8')) as {
    readonly resources: readonly { readonly mode: string; readonly type: string; readonly name: string }[];
  };
  return state.resources.filter(({ mode }) => mode === 'managed').map(({ type, name }) => `${type}.${name}`);
}

/** Runs a program to its end; both streams in one text without colours. */
function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Said> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const add = (chunk: Buffer) => void (said += chunk.toString('utf8'));
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('error', fail);
    // eslint-disable-next-line no-control-regex
    child.on('close', (status) => done({ status, said: said.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '') }));
  });
}
