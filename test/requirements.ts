import { spawnSync } from 'node:child_process';

/** Programs without which some tests cannot run, with how to ask for their version. */
const programs = {
  terraform: ['version'],
  promtool: ['--version'],
  python3: ['--version'],
  docker: ['--version'],
} as const;

const found = new Map<string, boolean>();

/** Whether a program is installed. */
export function has(program: keyof typeof programs): boolean {
  const known = found.get(program) ?? spawnSync(program, programs[program], { stdio: 'ignore' }).status === 0;
  found.set(program, known);
  return known;
}

/**
 * `test` for tests that need programs. Without one of them they are left out, loudly; where everything is required (`NINES_REQUIRE_ALL=1`, as in CI)
 * they fail.
 * @example const judged = needs('terraform')
 */
export function needs(...wanted: readonly (keyof typeof programs)[]): (name: string, run: () => void, timeout?: number) => void {
  const missing = wanted.filter((program) => !has(program)).join(' and ');
  if (missing === '') return (name, run, timeout) => void test(name, run, timeout);
  if (process.env.NINES_REQUIRE_ALL === '1') {
    return (name) =>
      void test(name, () => {
        throw new Error(`not installed: ${missing}, and NINES_REQUIRE_ALL=1 leaves nothing out`);
      });
  }
  let leftOut = 0;
  afterAll(() => {
    process.stderr.write(`LEFT OUT: ${leftOut} test${leftOut === 1 ? '' : 's'} that need ${missing}, which is not installed\n`);
  });
  return (name) => {
    leftOut += 1;
    test.skip(`${name} (needs ${missing})`, () => {});
  };
}
