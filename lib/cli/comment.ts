import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import diffSchema from '../document/diff.schema.json';
import type { DiffDocument } from '../document/diff';
import { isQuiet, renderComment } from '../report/diff-markdown';
import { UsageError, type Command, type ExitCode, type Io } from './command';
import { requestOf, type ForgeRequest } from './forge/environment';
import { ForgeError } from './forge/request';
import { upsert } from './forge/upsert';
import { parseOptions } from './options';

const help = `Usage: nines comment [FILE] [OPTIONS]

Posts what \`nines diff --format json\` found as a comment of the pull or merge request, or updates the comment that is there. FILE is that JSON;
without it, or with -, standard input. Nothing is posted where nothing changed and there is no comment yet. Exit code 0 whenever it was posted.

Where to is read from the variables of the CI job. GitHub: GITHUB_REPOSITORY, GITHUB_EVENT_PATH, GITHUB_API_URL and the token GITHUB_TOKEN (it needs
pull-requests: write). GitLab: CI_PROJECT_ID, CI_MERGE_REQUEST_IID, CI_API_V4_URL and the token GITLAB_TOKEN (scope api).

Options
  --dry-run   print the comment and post nothing
  --key NAME  several comments on one request have different keys (default: diff)

Examples
  nines diff main --format json | nines comment
  nines comment diff.json --dry-run
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { 'dry-run': 'flag', key: 'value' });
  const [file = '-', ...rest] = positionals;
  if (rest.length > 0) throw new UsageError('it takes one file.');
  if (options.key === '') throw new UsageError('--key names nothing.');
  const document = await checked(file === '-' ? await io.readStdin() : read(resolve(io.cwd, file)), file);
  if (options['dry-run']) {
    io.stdout.write(renderComment(document, requestOf(io.env)?.linkTo));
    return 0;
  }
  const request = requestOf(io.env);
  if (!request)
    throw new UsageError(
      'this is no job of a pull or merge request: the variables that would say which one are not set. --dry-run prints the comment.',
    );
  return post(document, options.key ?? 'diff', request, io);
}

export const command: Command = { name: 'comment', summary: "posts or updates the pull request's comment", help, run };

async function post(document: DiffDocument, key: string, { forge, linkTo, name, tokenVariable }: ForgeRequest, io: Io): Promise<ExitCode> {
  const token = io.env[tokenVariable] ?? '';
  if (token === '') throw new UsageError(`it needs a token in ${tokenVariable} to comment on ${name}.`);
  const wire = {
    token,
    fetch,
    sleep: (milliseconds: number) => new Promise<void>((done) => void setTimeout(done, milliseconds)),
    now: () => Date.now() / 1000,
    tell: (sentence: string) => io.stderr.write(`${sentence}\n`),
  };
  try {
    const done = await upsert(forge(wire), { key, markdown: renderComment(document, linkTo), quiet: isQuiet(document) });
    io.stdout.write(`${name}: ${done === 'nothing to say' ? 'nothing changed, so nothing was posted' : `comment ${done}`}\n`);
    return 0;
  } catch (cause) {
    if (!(cause instanceof ForgeError)) throw cause;
    io.stderr.write(`nines comment: ${name} could not be commented on. ${cause.message}\n`);
    return 2;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`could not read ${path}: ${(cause as Error).message}.`);
  }
}

/** A document that `diff` has written; anything else is refused, since it would be posted in our name. */
async function checked(text: string, file: string): Promise<DiffDocument> {
  const name = file === '-' ? 'standard input' : file;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new UsageError(`${name} holds no JSON. It takes what \`nines diff --format json\` writes.`);
  }
  const { default: Ajv } = await import('ajv');
  const validate = new Ajv({ strict: false }).compile<DiffDocument>(diffSchema);
  if (validate(document)) return document;
  const first = validate.errors?.[0];
  throw new UsageError(
    `${name} is not what \`nines diff --format json\` writes: ${first?.instancePath || 'it'} ${first?.message ?? 'is wrong'}.`,
  );
}
