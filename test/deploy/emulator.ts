import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { progress } from './progress';

const root = resolve(__dirname, '../..');

/** A Python environment with exactly the packages of a hashed requirements file; made once, and again when the file changes. */
export function pythonEnvironment(requirements: string): string {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const folder = join(root, 'node_modules', '.cache', 'nines', `python-${digest}`);
  if (!existsSync(join(folder, 'complete'))) {
    progress(`making a Python environment of ${requirements.slice(root.length + 1)} …`);
    // Made beside and put in place when it is whole: two runs at once do not see half of one. `python -m pip` does not mind the move.
    const making = `${folder}-${process.pid}`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { recursive: true });
    run('python3', ['-m', 'venv', making]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '-r', requirements];
    run(join(making, 'bin', 'python'), pip);
    writeFileSync(join(making, 'complete'), '');
    if (existsSync(join(folder, 'complete'))) rmSync(making, { recursive: true });
    else {
      rmSync(folder, { recursive: true, force: true });
      renameSync(making, folder);
    }
  }
  return join(folder, 'bin', 'python');
}

function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 });
}

/** The environment of the emulator itself. */
export const emulatorEnvironment = () => pythonEnvironment(join(__dirname, 'requirements.txt'));

export interface Emulator {
  readonly url: string;
  /** Ends it, and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts the emulator on a free loopback port, and waits until it answers. */
export async function startEmulator(): Promise<Emulator> {
  const python = emulatorEnvironment();
  const port = await freePort();
  const emulator = spawn(python, [join(__dirname, 'emulator.py'), String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  // A test run that is killed takes it along.
  const kill = () => void emulator.kill('SIGKILL');
  process.once('exit', kill);
  let said = '';
  // It says each request; the last of that is shown when it does not start.
  emulator.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-4000)));
  const stop = async () => {
    process.off('exit', kill);
    await ended(emulator);
  };
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 600; i++) {
    if (emulator.exitCode !== null) throw new Error(`the emulator ended before it answered:\n${said}`);
    if (await answers(url)) return { url, stop };
    await pause(100);
  }
  await stop();
  throw new Error(`the emulator did not answer within a minute:\n${said}`);
}

async function ended(emulator: ChildProcess): Promise<void> {
  if (emulator.exitCode !== null || emulator.signalCode !== null) return;
  const exit = new Promise((done) => emulator.once('exit', done));
  emulator.kill('SIGTERM');
  await exit;
}

/** Waits. */
export const pause = (milliseconds: number) =>
  new Promise<void>((proceed) => {
    setTimeout(proceed, milliseconds);
  });

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((proceed, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => proceed(port));
    });
  });
}
