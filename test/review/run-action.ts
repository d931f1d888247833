import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';

export const actionFile = join(__dirname, '../../action.yml');

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id: string;
      readonly shell: string;
      readonly env: Readonly<Record<string, string>>;
      readonly run: string;
    }[];
  };
}

export const action = load(readFileSync(actionFile, 'utf8'), { schema: CORE_SCHEMA }) as Action;

/** Looks `github.event.x` and the like up; a runner knows more expressions, and what this one does not know it refuses. */
function substituted(text: string, context: object): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const path = expression.trim();
    if (!/^[a-z][\w-]*(\.[\w-]+)+$/i.test(path)) throw new Error(`the test's runner cannot evaluate ${path}`);
    const value = path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], context);
    return value === undefined || value === null ? '' : String(value);
  });
}

/** Runs the composite action in a folder as a runner does: inputs with their defaults, expressions, a script file, files for outputs and the summary. */
export async function runAction(
  cwd: string,
  given: Readonly<Record<string, string>>,
  github: object,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; log: string; outputs: Readonly<Record<string, string>>; summary: string }> {
  const files = mkdtempSync(join(tmpdir(), 'nines-runner-'));
  const paths = { GITHUB_OUTPUT: join(files, 'output'), GITHUB_STEP_SUMMARY: join(files, 'summary') };
  for (const path of Object.values(paths)) writeFileSync(path, '');
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, given[name] ?? substituted(input.default ?? '', { github })]),
  );
  const [step, ...others] = action.runs.steps;
  if (!step || others.length > 0 || step.shell !== 'bash' || action.runs.using !== 'composite')
    throw new Error('the action has another form than its runner expects');
  const script = join(files, 'step.sh');
  writeFileSync(script, substituted(step.run, { github, inputs }));
  const own = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, substituted(value, { github, inputs })]));
  const { code, log } = await new Promise<{ code: number; log: string }>((done, fail) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
      cwd,
      env: { PATH: process.env.PATH, HOME: files, ...env, ...paths, ...own },
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => void (text += part.toString()));
    child.on('error', fail);
    child.on('close', (status) => done({ code: status ?? -1, log: text }));
  });
  const set = Object.fromEntries(
    readFileSync(paths.GITHUB_OUTPUT, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('=') as [string, string]),
  );
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [
      name,
      substituted(value, { inputs, steps: { [step.id]: { outputs: set } } }),
    ]),
  );
  return { code, log, outputs, summary: readFileSync(paths.GITHUB_STEP_SUMMARY, 'utf8') };
}
