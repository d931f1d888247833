import { buildSync } from 'esbuild';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Plain } from '../../lib/topology/plain';
import { makeProject } from '../cdktf/cdktf';
import { terraformEnvironment } from '../terraform/run';
import { pause } from './emulator';
import { actionsIn, type Plan } from './plan';
import { progress } from './progress';

const cdktfCli = resolve(__dirname, '../../node_modules/cdktf-cli/bundle/bin/cdktf');

/** What the provider must be told to be content with an emulator; everything else is as for AWS. */
const emulated: Plain = {
  skip_credentials_validation: true,
  skip_metadata_api_check: 'true',
  s3_use_path_style: true,
  // Now and then an answer of the emulator's small server is cut off.
  max_retries: 10,
};

export interface Said {
  readonly status: number | null;
  /** Both streams, without colours. */
  readonly said: string;
}

/** A command that runs. */
export interface Running {
  readonly done: Promise<Said>;
  /** What it has said so far. */
  said(): string;
  ended(): boolean;
  /** Kills it and all that it has started, without a warning. */
  kill(): void;
}

/** A project of a user, deployed to an emulator. */
export interface Project {
  readonly folder: string;
  /** Writes a spec, so that the next command takes it; the one of the same name before is gone. */
  write(settings: Plain): void;
  cdktf(...args: readonly string[]): Promise<Said>;
  start(...args: readonly string[]): Running;
  terraform(stack: string, ...args: readonly string[]): Promise<Said>;
  /** Deploys, and throws what was said when it failed. */
  deploy(...stacks: readonly string[]): Promise<string>;
  /** Destroys, and throws what was said when it failed. */
  destroy(...stacks: readonly string[]): Promise<string>;
  /** `cdktf diff`, and the plan that it made. */
  diff(
    stack: string,
    ...options: readonly string[]
  ): Promise<{ readonly said: string; readonly plan: Plan; readonly actions: Record<string, string> }>;
  remove(): void;
}

export interface ProjectOptions {
  /** Environment variables besides those of the emulator; undefined: not set. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Arguments of the provider besides those that make it content with an emulator. */
  readonly provider?: Plain;
}

/** Makes a project beside others: each has its own folder, state and home of cdktf. */
export function openProject(name: string, url: string, options: ProjectOptions = {}): Project {
  const folder = mkdtempSync(join(tmpdir(), `nines-deploy-${name}-`));
  makeProject(folder, 'lib/cli/app.ts');
  leaveOutLacking(folder);
  mkdirSync(join(folder, 'topologies'));
  const env = environment(folder, url, options);
  const stackFolder = (stack: string) => join(folder, 'cdktf.out/stacks', stack);
  const running = new Set<Running>();
  const start = (program: string, args: readonly string[], cwd: string) => {
    const made = run(program, args, cwd, env);
    running.add(made);
    void made.done.finally(() => running.delete(made));
    return made;
  };
  const cdktf = async (...args: readonly string[]): Promise<Said> => {
    const began = Date.now();
    progress(`${name}: cdktf ${args.join(' ')} …`);
    const told = setInterval(() => progress(`${name}: cdktf ${args[0]} has been running for ${seconds(began)}`), 60_000);
    const said = await start(process.execPath, [cdktfCli, ...args], folder).done;
    clearInterval(told);
    progress(`${name}: cdktf ${args.join(' ')} ended with ${said.status} after ${seconds(began)}`);
    return said;
  };
  const terraform = (stack: string, ...args: readonly string[]) => start('terraform', args, stackFolder(stack)).done;
  const succeeded = async (what: string, work: Promise<Said>): Promise<string> => {
    const { said, status } = await work;
    if (status !== 0) throw new Error(`${what} failed with ${status}:\n${said.slice(-8000)}`);
    return said;
  };
  const changed = (...args: readonly [command: string, ...stacks: readonly string[]]) =>
    succeeded(`cdktf ${args.join(' ')}`, cdktf(...args, '--auto-approve', '--terraform-parallelism', '30'));
  return {
    folder,
    write: (settings) => {
      const spec = { ...settings, provider: { ...emulated, ...options.provider, ...(settings.provider as Plain | undefined) } };
      writeFileSync(join(folder, 'topologies', `${String(settings.name)}.json`), JSON.stringify(spec, null, 2));
    },
    cdktf,
    start: (...args) => start(process.execPath, [cdktfCli, ...args], folder),
    terraform,
    deploy: (...stacks) => changed('deploy', ...stacks),
    destroy: (...stacks) => changed('destroy', ...stacks),
    diff: async (stack, ...more) => {
      const said = await succeeded(`cdktf diff ${stack}`, cdktf('diff', stack, ...more));
      const plan = JSON.parse(await succeeded('terraform show', terraform(stack, 'show', '-json', 'plan'))) as Plan;
      return { said, plan, actions: actionsIn(plan) };
    },
    remove: () => {
      for (const each of running) each.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const seconds = (began: number) => `${Math.round((Date.now() - began) / 1000)} s`;

/** The app of a test has a second step, which takes out what the emulator lacks. */
function leaveOutLacking(folder: string): void {
  const entry = join(__dirname, 'leave-out.ts');
  buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile: join(folder, 'leave-out.js'),
    logLevel: 'error',
  });
  const file = join(folder, 'cdktf.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as { readonly app: string };
  writeFileSync(file, JSON.stringify({ ...config, app: `${config.app} && node leave-out.js` }));
}

function environment(folder: string, url: string, options: ProjectOptions): NodeJS.ProcessEnv {
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
    ...options.env,
  };
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
}

/** The resources in the local state of a project's stack, by address; none before there is a state. */
export function addressesIn({ folder }: Project, stack: string): string[] {
  const file = stateFile(folder, stack);
  if (!existsSync(file)) return [];
  const state = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly resources: readonly { readonly mode: string; readonly type: string; readonly name: string }[];
  };
  return state.resources
    .filter(({ mode }) => mode === 'managed')
    .map(({ type, name }) => `${type}.${name}`)
    .sort();
}

/** Where a project keeps the local state of a stack. */
export const stateFile = (folder: string, stack: string): string => join(folder, `terraform.${stack}.tfstate`);

function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const add = (chunk: Buffer) => void (said += chunk.toString('utf8'));
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  const done = new Promise<Said>((proceed, fail) => {
    child.on('error', fail);
    child.on('close', (status) => proceed({ status, said: withoutColours(said) }));
  });
  return {
    done,
    said: () => withoutColours(said),
    ended: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => void (child.pid !== undefined && killTree(child.pid)),
  };
}

/** Kills a process and all below it. cdktf gives Terraform a terminal, and with it a process group of its own. */
function killTree(root: number): void {
  const pairs = spawnSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout.trim().split('\n');
  const parents = pairs.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (pid: number): number[] => [pid, ...parents.filter(([, parent]) => parent === pid).flatMap(([child]) => below(child))];
  for (const pid of below(root)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (cause) {
      // It has ended by itself meanwhile.
      if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
    }
  }
}

// eslint-disable-next-line no-control-regex
const withoutColours = (text: string) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');

/** Waits until something holds while a command runs. */
export async function until(what: string, running: Running, holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!running.ended()) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error(`it had ended before this came true: ${what}\n${running.said().slice(-8000)}`);
}
