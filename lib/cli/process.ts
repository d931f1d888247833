import { fstatSync, statSync, writeSync } from 'node:fs';
import { UsageError } from './command';
import { commands } from './commands';
import { run } from './main';
import { mostBytes, whyNot } from './read-file';
import type { Ticker } from './ticker';

/** Runs a command line in the real process. */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  const ticker = (await isTerminal()) ? await watched(argv) : undefined;
  const aside = (write: () => void) => (ticker ? ticker.aside(write) : write());
  process.exitCode = await run(argv, {
    ...(ticker ? { progress: ticker } : {}),
    env: process.env,
    cwd: process.cwd(),
    stdout: output(1, () => process.stdout, aside),
    stderr: output(2, () => process.stderr, aside),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      let total = 0;
      for await (const chunk of process.stdin) {
        chunks.push(chunk as Buffer);
        total += (chunk as Buffer).length;
        if (total > mostBytes) throw new UsageError(`standard input has more than ${mostBytes} bytes. Is it something else?`);
      }
      return Buffer.concat(chunks).toString('utf8');
    },
  });
  ticker?.stop();
}

/** Whether a person looks at standard error. Told without a stream, and without the module of terminals where it is a file or a pipe. */
async function isTerminal(): Promise<boolean> {
  if (!mayBeTerminal(2) || process.env.TERM === 'dumb') return false;
  return (await import('node:tty')).isatty(2);
}

/** No file, no pipe, and not thrown away: for these, node's module of terminals need not be loaded. */
function mayBeTerminal(descriptor: number): boolean {
  const stat = fstatSync(descriptor);
  return stat.isCharacterDevice() && stat.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}

async function watched([name = '']: readonly string[]): Promise<Ticker | undefined> {
  if (!Object.hasOwn(commands, name)) return undefined;
  const { startTicker } = await import('./ticker');
  return startTicker(`nines ${name}`, (text) => void writeSync(2, text));
}

/** A full disk, a closed descriptor: told where it still can be. */
function unwritable(cause: unknown): never {
  try {
    writeSync(2, `nines: could not write the result: ${whyNot(cause)}.\n`);
  } finally {
    process.exit(2);
  }
}

/** Writes to a file descriptor by itself; node's stream, which takes several milliseconds to make, is made only when it is needed. */
function output(descriptor: number, stream: () => NodeJS.WriteStream, aside: (write: () => void) => void) {
  let made: NodeJS.WriteStream | undefined;
  const write = (text: string): void => {
    if (made !== undefined) return void made.write(text);
    const bytes = Buffer.from(text, 'utf8');
    let done = 0;
    try {
      while (done < bytes.length) done += writeSync(descriptor, bytes, done);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      // A reader that closes early (`nines … | head`) is no error of ours.
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') unwritable(cause);
      // The reader is slow, and the descriptor does not wait for it: the stream does.
      made = stream();
      made.on('error', (late: NodeJS.ErrnoException) => {
        if (late.code === 'EPIPE') process.exit(0);
        unwritable(late);
      });
      made.write(bytes.subarray(done));
    }
  };
  return {
    write: (text: string) => aside(() => write(text)),
    get isTTY(): boolean {
      return mayBeTerminal(descriptor) && stream().isTTY === true;
    },
  };
}
