import { writeSync } from 'node:fs';
import { run } from './main';

/** Runs a command line in the real process. */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  process.exitCode = await run(argv, {
    env: process.env,
    cwd: process.cwd(),
    stdout: output(1, () => process.stdout),
    stderr: output(2, () => process.stderr),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
  });
}

/** Writes to a file descriptor by itself; node's stream, which takes several milliseconds to make, is made only when it is needed. */
function output(descriptor: number, stream: () => NodeJS.WriteStream) {
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
      if (code !== 'EAGAIN') throw cause;
      // The reader is slow, and the descriptor does not wait for it: the stream does.
      made = stream();
      made.on('error', (late: NodeJS.ErrnoException) => {
        if (late.code === 'EPIPE') process.exit(0);
        throw late;
      });
      made.write(bytes.subarray(done));
    }
  };
  return {
    write,
    get isTTY(): boolean {
      return stream().isTTY === true;
    },
  };
}
