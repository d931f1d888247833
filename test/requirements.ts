import { spawnSync } from 'node:child_process';

/** Programs without which some tests cannot run, with how to ask for their version. */
const programs = {
  terraform: ['version'],
  promtool: ['--version'],
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
 * `test` for tests that need a program. Without it they are left out, loudly; where everything is required (`NINES_REQUIRE_ALL=1`, as in CI) they fail.
 * @example const judged = needs('terraform')
 */
export function needs(program: keyof typeof programs): (name: string, run: () => void, timeout?: number) => void {
  if (has(program)) return (name, run, timeout) => void test(name, run, timeout);
  if (process.env.NINES_REQUIRE_ALL === '1') {
    return (name) =>
      void test(name, () => {
        throw new Error(`${program} is not installed, and NINES_REQUIRE_ALL=1 leaves nothing out`);
      });
  }
  let leftOut = 0;
  afterAll(() => {
    process.stderr.write(`LEFT OUT: ${leftOut} test${leftOut === 1 ? '' : 's'} that need ${program}, which is not installed\n`);
  });
  return (name) => {
    leftOut += 1;
    test.skip(`${name} (needs ${program})`, () => {});
  };
}
