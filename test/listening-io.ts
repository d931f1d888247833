import type { Io } from '../lib/cli/command';
import { run } from '../lib/cli/main';

/** A process in a folder that remembers what it says. */
export function listeningIo(cwd: string, { env = {}, stdin = '' }: { readonly env?: Io['env']; readonly stdin?: string } = {}) {
  const io = {
    out: '',
    err: '',
    env,
    cwd,
    stdout: { write: (text: string) => void (io.out += text), isTTY: false },
    stderr: { write: (text: string) => void (io.err += text), isTTY: false },
    readStdin: async () => stdin,
  };
  return io satisfies Io;
}

/** Runs a command line in a folder: its exit code, and what it said. */
export async function ran(cwd: string, args: readonly string[], stdin?: string): Promise<{ code: number; out: string; err: string }> {
  const io = listeningIo(cwd, stdin === undefined ? {} : { stdin });
  const code = await run([...args], io);
  return { code, out: io.out, err: io.err };
}
