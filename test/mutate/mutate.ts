import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Fault } from './fault';
import { faults } from './faults/index';

/*
 * npm run mutate [-- WORDS]: plants each fault in a copy of the sources and runs the one test that must notice it. A fault whose anchor is gone, whose
 * test does not pass without it, or that goes unnoticed, fails the run. With WORDS only faults whose name or file contains one of them.
 */

const top = resolve(__dirname, '../..');
const left = ['.git', 'node_modules', 'dist', 'cdktf.out'];

interface Outcome {
  readonly noticed: boolean;
  readonly reason: string;
}

/** A copy of the sources in which one fault at a time is planted. */
function copySources(): string {
  const copy = mkdtempSync(join(tmpdir(), 'nines-mutate-'));
  for (const name of readdirSync(top)) if (!left.includes(name)) cpSync(join(top, name), join(copy, name), { recursive: true });
  symlinkSync(join(top, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

interface TestRun {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** What the test file said when it could not even run. */
  readonly broken: string | null;
}

/** Runs a test file, or of it the tests of one name. */
async function runTest(copy: string, file: string, name?: string): Promise<TestRun> {
  const output = join(copy, 'result.json');
  rmSync(output, { force: true });
  const jest = join(copy, 'node_modules/jest/bin/jest.js');
  const args = [jest, '--rootDir', copy, '--runTestsByPath', join(copy, file), ...(name === undefined ? [] : ['-t', name])];
  const errors = await new Promise<string>((done) => {
    // Golden files would notice nearly anything; here the named test must do it alone.
    const env = { ...process.env, NINES_GOLDEN: 'off', CI: 'true' };
    const options = ['--json', '--outputFile', output, '--reporters', 'default', '--runInBand'];
    const child = spawn(process.execPath, [...args, ...options], { cwd: copy, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('close', () => done(text));
  });
  try {
    const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as {
      testResults: readonly {
        readonly message: string;
        readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
      }[];
    };
    const of = (status: string): string[] =>
      testResults.flatMap(({ assertionResults }) =>
        assertionResults.filter((one) => one.status === status).map(({ fullName }) => fullName),
      );
    const broken = testResults.find(({ assertionResults }) => assertionResults.length === 0);
    return { passed: of('passed'), failed: of('failed'), broken: broken?.message ?? null };
  } catch {
    return { passed: [], failed: [], broken: errors.slice(-2000) };
  }
}

async function tryFault(copy: string, fault: Fault): Promise<Outcome> {
  const path = join(copy, fault.file);
  const source = readFileSync(join(top, fault.file), 'utf8');
  const found = source.split(fault.anchor).length - 1;
  if (found !== 1) return { noticed: false, reason: `its anchor occurs ${found} times in ${fault.file}, it must once` };
  writeFileSync(
    path,
    source.replace(fault.anchor, () => fault.replacement),
  );
  try {
    const { failed, broken } = await runTest(copy, fault.test.file, fault.test.name);
    // A source that no longer loads proves nothing about the test.
    if (broken !== null) return { noticed: false, reason: `the test could not run: ${broken.slice(0, 600)}` };
    return failed.length > 0
      ? { noticed: true, reason: '' }
      : { noticed: false, reason: `unnoticed by "${fault.test.name}" in ${fault.test.file}` };
  } finally {
    writeFileSync(path, source);
  }
}

/** What is wrong with the tests of a file when there is no fault: a test that fails anyway, or is not there, notices nothing. */
async function unsound(copy: string, file: string, names: readonly string[]): Promise<string[]> {
  const { passed, failed, broken } = await runTest(copy, file);
  if (broken !== null) return [`${file} could not run without any fault: ${broken.slice(0, 600)}`];
  return names.flatMap((name) => {
    const pattern = new RegExp(name);
    if (failed.some((one) => pattern.test(one))) return [`"${name}" in ${file} fails without any fault`];
    return passed.some((one) => pattern.test(one)) ? [] : [`no test of ${file} is called "${name}"`];
  });
}

/** Runs jobs, as many at once as there are copies. */
async function spread<Job, Result>(
  jobs: readonly Job[],
  copies: readonly string[],
  run: (copy: string, job: Job) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  await Promise.all(
    copies.map(async (copy) => {
      while (next < jobs.length) {
        const at = next++;
        results[at] = await run(copy, jobs[at]!);
      }
    }),
  );
  return results;
}

async function main(words: readonly string[]): Promise<number> {
  const chosen = faults.filter(({ file, name }) => words.length === 0 || words.some((word) => `${name} ${file}`.includes(word)));
  const copies = Array.from({ length: Math.min(2, availableParallelism()) }, copySources);
  const failures: string[] = [];
  try {
    const files = [...new Set(chosen.map(({ test }) => test.file))];
    const namesIn = (file: string): string[] => [...new Set(chosen.filter(({ test }) => test.file === file).map(({ test }) => test.name))];
    failures.push(...(await spread(files, copies, (copy, file) => unsound(copy, file, namesIn(file)))).flat());
    const outcomes = await spread(chosen, copies, async (copy, fault) => {
      const outcome = await tryFault(copy, fault);
      process.stdout.write(`${outcome.noticed ? 'noticed  ' : 'UNNOTICED'} ${fault.name}${outcome.noticed ? '' : `: ${outcome.reason}`}\n`);
      return outcome;
    });
    for (const reason of failures) process.stdout.write(`NOT SOUND ${reason}\n`);
    const noticed = outcomes.filter((outcome) => outcome.noticed).length;
    const failed = chosen.length - noticed + failures.length;
    process.stdout.write(`${noticed} passed, ${failed} failed\n`);
    return failed === 0 && noticed > 0 ? 0 : 1;
  } finally {
    for (const copy of copies) rmSync(copy, { recursive: true, force: true });
  }
}

void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
