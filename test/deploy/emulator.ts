import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** A Python environment with exactly the packages of a hashed requirements file; made once, and again when the file changes. */
export function pythonEnvironment(requirements: string): string {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const folder = join(root, 'node_modules', '.cache', 'nines', `python-${digest}`);
  const done = join(folder, 'complete');
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const quietly = { stdio: ['ignore', 'pipe', 'pipe'] as const, maxBuffer: 64 * 1024 * 1024 };
    execFileSync('python3', ['-m', 'venv', folder], { ...quietly, stdio: [...quietly.stdio] });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '-r', requirements];
    execFileSync(join(folder, 'bin', 'python'), pip, { ...quietly, stdio: [...quietly.stdio] });
    writeFileSync(done, '');
  }
  return join(folder, 'bin', 'python');
}

export interface Emulator {
  readonly url: string;
  stop(): void;
}

/** Starts the emulator on a free loopback port, and waits until it answers. */
export async function startEmulator(): Promise<Emulator> {
  const python = pythonEnvironment(join(__dirname, 'requirements.txt'));
  const port = await freePort();
  // Its own messages go to a file descriptor nobody reads only when it works; when it does not start they are shown.
  const emulator = spawn(python, [join(__dirname, 'emulator.py'), String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  emulator.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-4000)));
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 300; i++) {
    if (emulator.exitCode !== null) throw new Error(`the emulator ended before it answered:\n${said}`);
    if (await answers(url)) return { url, stop: () => stop(emulator) };
    await new Promise((proceed) => {
      setTimeout(proceed, 100);
    });
  }
  stop(emulator);
  throw new Error(`the emulator did not answer within 30 s:\n${said}`);
}

const stop = (emulator: ChildProcess) => void emulator.kill('SIGTERM');

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
