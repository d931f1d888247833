import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, posix, relative, resolve } from 'node:path';
import { loadPolicy, type LoadedOrganization } from '../spec/policy';
import { UsageError, type Io } from './command';
import { openGit, refuseOption, type Git } from './git';
import { isSpecName, readInputs, type Input } from './inputs';
import type { Given } from './options';
import { organizations, policyFileName } from './organization';

/** The specs of one version. */
export interface Side {
  readonly inputs: readonly Input[];
  /** As the user named it. */
  readonly name: string;
  /** The `nines.yaml` of a file, of the same version. */
  readonly organizationOf: (file: string) => LoadedOrganization | null;
}

export interface Sides {
  readonly base: Side;
  readonly head: Side;
  /** Two files were named: they are compared whatever topologies they hold. */
  readonly files: boolean;
}

type Argument =
  | { readonly form: 'path'; readonly path: string }
  | { readonly form: 'commit'; readonly name: string; readonly commit: string }
  | { readonly form: 'working tree' };

/** Where specs are looked for when no path is named. */
const defaultFolder = 'topologies';

/** The two versions that the arguments of `diff` name. An argument is a path if there is one, else a revision; `--rev` and `--path` force. */
export async function readSides(given: readonly Given[], specs: readonly string[], io: Io): Promise<Sides> {
  const repository = new Repository(io.cwd);
  const found: Argument[] = [];
  for (const { option, value } of given) found.push(...(await argumentOf(option, value, repository, io)));
  const [base, head = { form: 'working tree' } as const, ...rest] = found;
  if (!base || rest.length > 0) throw new UsageError('it takes a BASE and a HEAD: specs, folders, cdktf.out folders or git revisions.');
  if (base.form === 'path' && head.form === 'working tree')
    throw new UsageError(`there is nothing to compare ${base.path} with. Name a second path, or a revision: nines diff HEAD ${base.path}.`);
  const paths = [base, head].flatMap((argument) => (argument.form === 'path' ? [argument.path] : []));
  if (paths.length === 2) {
    if (specs.length > 0) throw new UsageError('--specs says what is read at a revision, and both sides are paths.');
    const [one, other] = await Promise.all(paths.map((path) => readInputs([path], io)));
    const files = one!.length === 1 && other!.length === 1;
    const organizationOf = organizations(io);
    return { base: { inputs: one!, name: paths[0]!, organizationOf }, head: { inputs: other!, name: paths[1]!, organizationOf }, files };
  }
  const scope = paths.length > 0 ? [...paths, ...specs] : specs.length > 0 ? specs : [defaultFolder];
  const side = async (argument: Argument): Promise<Side> =>
    argument.form === 'commit'
      ? { ...(await repository.read(argument.commit, scope)), name: argument.name }
      : { inputs: await readWorkingTree(scope, io), name: 'the working tree', organizationOf: organizations(io) };
  const sides = { base: await side(base), head: await side(head), files: false };
  if (sides.base.inputs.length + sides.head.inputs.length === 0)
    throw new UsageError(
      `neither ${sides.base.name} nor ${sides.head.name} has specs in ${scope.join(', ')}. Say where they are: --specs FOLDER.`,
    );
  return sides;
}

async function argumentOf(option: string | null, value: string, repository: Repository, io: Io): Promise<Argument[]> {
  if (option !== null && option !== 'rev' && option !== 'path') return [];
  const isPath = value !== '' && existsSync(resolve(io.cwd, value));
  if (option === 'path') {
    if (!isPath) throw new UsageError(`there is no file or folder ${JSON.stringify(value)}.`);
    return [{ form: 'path', path: value }];
  }
  if (option === null && isPath) {
    if (!value.startsWith('-') && (await repository.tryCommits(value)))
      throw new UsageError(`${JSON.stringify(value)} is a path and a revision. Say which: --path ${value} or --rev ${value}.`);
    return [{ form: 'path', path: value }];
  }
  refuseOption(value);
  const commits = await repository.commits(value);
  if (!commits) throw new UsageError(`there is no ${option === 'rev' ? '' : 'file, folder or '}revision ${JSON.stringify(value)}.`);
  return commits;
}

/** The repository around the working directory, opened when it is asked for: two paths need none. */
class Repository {
  #git: Promise<Git> | undefined;

  constructor(private readonly cwd: string) {}

  #open(): Promise<Git> {
    this.#git ??= openGit(this.cwd);
    return this.#git;
  }

  /** The commits that an argument names, `main` or `main..feature`; undefined where it names none, or there is no repository. */
  async tryCommits(value: string): Promise<Argument[] | undefined> {
    try {
      await this.#open();
    } catch (cause) {
      if (cause instanceof UsageError) return undefined;
      throw cause;
    }
    return this.commits(value);
  }

  async commits(value: string): Promise<Argument[] | undefined> {
    const git = await this.#open();
    const range = /^(.+?)(\.\.\.?)(.+)$/s.exec(value);
    const single = value === '' ? undefined : await git.tryCommit(value);
    if (single !== undefined) return [{ form: 'commit', name: value, commit: single }];
    if (!range) return undefined;
    const [, from, dots, to] = range as unknown as [string, string, string, string];
    refuseOption(to);
    const [base, head] = [await git.tryCommit(from), await git.tryCommit(to)];
    if (base === undefined || head === undefined) return undefined;
    // As `git diff` reads it: three dots compare with where the branch began.
    const start = dots === '...' ? await git.mergeBase(base, head) : base;
    return [
      { form: 'commit', name: from, commit: start },
      { form: 'commit', name: to, commit: head },
    ];
  }

  async read(commit: string, scope: readonly string[]): Promise<Omit<Side, 'name'>> {
    const git = await this.#open();
    const inputs: Input[] = [];
    for (const path of scope) inputs.push(...(await this.#readPath(git, commit, path)));
    return { inputs: unique(inputs), organizationOf: await this.#organizations(git, commit) };
  }

  /** All policy files of a commit; the nearest one above a file is its own. */
  async #organizations(git: Git, commit: string): Promise<Side['organizationOf']> {
    const cwd = realpathSync(this.cwd);
    const byFolder = new Map<string, LoadedOrganization>();
    for (const file of await git.files(commit, '')) {
      if (posix.basename(file) !== policyFileName) continue;
      const name = relative(cwd, join(git.top, file)).replaceAll('\\', '/');
      byFolder.set(posix.dirname(file), loadPolicy(await git.read(commit, file), name));
    }
    return (file) => {
      const inTree = relative(git.top, resolve(cwd, file)).replaceAll('\\', '/');
      for (let folder = posix.dirname(inTree); ; folder = posix.dirname(folder)) {
        const found = byFolder.get(folder);
        if (found || folder === '.' || folder.startsWith('..')) return found ?? null;
      }
    };
  }

  async #readPath(git: Git, commit: string, path: string): Promise<Input[]> {
    const cwd = realpathSync(this.cwd);
    const inTree = relative(git.top, resolve(cwd, path)).replaceAll('\\', '/');
    if (inTree.startsWith('..')) throw new UsageError(`${path} lies outside the repository ${git.top}.`);
    const below = await git.files(commit, inTree);
    const all = async (files: readonly string[], form: (file: string) => Input['form']): Promise<Input[]> => {
      const contents = await git.readAll(commit, files);
      return files.map((file, i) => ({
        file: relative(cwd, join(git.top, file)).replaceAll('\\', '/'),
        bytes: contents[i]!,
        form: form(file),
      }));
    };
    if (below.includes(inTree)) return all([inTree], formOf);
    const folder = inTree === '' ? '' : `${inTree}/`;
    const names = below.filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
    const synthesized = names.includes('manifest.json') ? names.filter((name) => /^stacks\/[^/]+\/topology\.json$/.test(name)) : [];
    const [found, form] =
      synthesized.length > 0
        ? ([synthesized, 'synthesized'] as const)
        : ([names.filter((name) => !name.includes('/') && isSpecName(name)), 'spec'] as const);
    return all(
      found.map((name) => `${folder}${name}`),
      () => form,
    );
  }
}

/** What is there now; a version without the path has no specs. */
async function readWorkingTree(scope: readonly string[], io: Io): Promise<Input[]> {
  const there = scope.filter((path) => {
    const full = resolve(io.cwd, path);
    if (!existsSync(full)) return false;
    const names = statSync(full).isDirectory() ? readdirSync(full) : null;
    return names === null || names.includes('manifest.json') || names.some(isSpecName);
  });
  return there.length === 0
    ? []
    : unique((await readInputs(there, io)).map((input) => ({ ...input, file: input.file.replaceAll('\\', '/') })));
}

const formOf = (file: string): Input['form'] => (file.endsWith('topology.json') ? 'synthesized' : 'spec');
const unique = (inputs: readonly Input[]): Input[] =>
  inputs.filter((input, i) => inputs.findIndex(({ file }) => file === input.file) === i);
