import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from './table';

export interface Measured {
  readonly milliseconds: number;
  readonly megabytes: number;
}

const reporter = join(__dirname, 'peak-memory.cjs');

/** Certificates that node reads each time it starts: where they are set, that takes longer than all else that node does then. */
const { NODE_EXTRA_CA_CERTS: _, ...surroundings } = process.env;

/** One whole process of node, in wall time. */
function once(args: readonly string[], env: NodeJS.ProcessEnv): Measured & { status: number | null; stderr: string } {
  const start = process.hrtime.bigint();
  const { status, output, stderr } = spawnSync(process.execPath, ['-r', reporter, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  return { milliseconds, megabytes: Number(String(output?.[3] ?? 'NaN')) / 1024, status, stderr: String(stderr) };
}

/** Medians of several commands run in turn (A B C A B C …), so that a machine whose speed drifts is fair to all. */
export function interleaved(
  commands: Readonly<Record<string, readonly string[]>>,
  rounds: number,
  env: NodeJS.ProcessEnv = surroundings,
): Record<string, Measured> {
  const times: Record<string, Measured[]> = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const measured = once(args, env);
      if (measured.status !== 0) throw new Error(`${name} ended with ${measured.status}:\n${measured.stderr}`);
      // The first round fills the file cache and does not count.
      if (round > 0) times[name]!.push(measured);
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, all]) => [
      name,
      { milliseconds: median(all.map((m) => m.milliseconds)), megabytes: median(all.map((m) => m.megabytes)) },
    ]),
  );
}
