import { readFileSync } from 'node:fs';
import type { LinkTo } from '../../report/diff-markdown';
import { UsageError, type Io } from '../command';
import { github, gitlab, type Forge } from './forge';
import type { Wire } from './request';

/** The pull or merge request that a CI job is about. */
export interface ForgeRequest {
  /** `shop/orders#7`. */
  readonly name: string;
  readonly tokenVariable: string;
  readonly forge: (wire: Wire) => Forge;
  readonly linkTo: LinkTo;
}

/** Reads it from the variables that GitHub and GitLab set; undefined: this is no job of a request. */
export function requestOf(env: Io['env']): ForgeRequest | undefined {
  return env.GITHUB_REPOSITORY
    ? onGithub(env, env.GITHUB_REPOSITORY)
    : env.CI_MERGE_REQUEST_IID
      ? onGitlab(env, env.CI_MERGE_REQUEST_IID)
      : undefined;
}

function onGithub(env: Io['env'], repository: string): ForgeRequest | undefined {
  const pull = env.GITHUB_EVENT_PATH ? pullOf(env.GITHUB_EVENT_PATH) : undefined;
  const number = pull?.number ?? /^refs\/pull\/([0-9]{1,15})\//.exec(env.GITHUB_REF ?? '')?.[1];
  if (number === undefined) return undefined;
  const web = `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${repository}/blob`;
  return {
    name: `${repository}#${number}`,
    tokenVariable: 'GITHUB_TOKEN',
    forge: (wire) => github({ api: env.GITHUB_API_URL ?? 'https://api.github.com', repository, number: Number(number) }, wire),
    linkTo: linksTo(web, { before: pull?.base?.sha, after: pull?.head?.sha ?? env.GITHUB_SHA }),
  };
}

function onGitlab(env: Io['env'], iid: string): ForgeRequest {
  const { CI_API_V4_URL: api, CI_PROJECT_ID: project } = env;
  if (!api || !project || !/^[0-9]{1,15}$/.test(iid))
    throw new UsageError('CI_MERGE_REQUEST_IID is set, and CI_API_V4_URL or CI_PROJECT_ID is not.');
  return {
    name: `${env.CI_PROJECT_PATH ?? project}!${iid}`,
    tokenVariable: 'GITLAB_TOKEN',
    forge: (wire) => gitlab({ api, project, number: Number(iid) }, wire),
    linkTo: env.CI_PROJECT_URL
      ? linksTo(`${env.CI_PROJECT_URL}/-/blob`, { before: env.CI_MERGE_REQUEST_DIFF_BASE_SHA, after: env.CI_COMMIT_SHA })
      : () => null,
  };
}

/** The labels of the request that the job is about. */
export function labelsOf(env: Io['env']): string[] {
  const github = env.GITHUB_EVENT_PATH ? (pullOf(env.GITHUB_EVENT_PATH)?.labels ?? []) : [];
  const gitlab = (env.CI_MERGE_REQUEST_LABELS ?? '').split(',');
  return [...github.map(({ name }) => name), ...gitlab].filter((name) => typeof name === 'string' && name !== '');
}

interface Pull {
  readonly labels?: readonly { readonly name: string }[];
  readonly number?: number;
  readonly base?: { readonly sha?: string };
  readonly head?: { readonly sha?: string };
}

function pullOf(path: string): Pull | undefined {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { readonly pull_request?: Pull }).pull_request;
  } catch (cause) {
    throw new UsageError(`could not read the event in GITHUB_EVENT_PATH: ${(cause as Error).message}.`);
  }
}

/** Links to lines at the commits that were compared; a line of an uncommitted or foreign file has none. */
function linksTo(web: string, commits: { readonly before: string | undefined; readonly after: string | undefined }): LinkTo {
  return ({ in: side, line, path }) => {
    const commit = commits[side];
    if (!commit || !/^[0-9a-f]{7,64}$/.test(commit) || path.startsWith('..') || path.startsWith('/')) return null;
    // Parentheses would end a link of Markdown.
    const file = path
      .split('/')
      .map((part) => encodeURIComponent(part).replace(/[()!'*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`))
      .join('/');
    return `${web}/${commit}/${file}#L${line}`;
  };
}
