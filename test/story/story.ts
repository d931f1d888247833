import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExitCode } from '../../lib/cli/command';
import { run } from '../../lib/cli/main';

/** What a command answered. */
export interface Answer {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** A git repository in a temporary folder, and the commands of nines in it. */
export class Repository {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'nines-story-')));

  constructor() {
    this.git('init', '--quiet', '--initial-branch', 'main');
  }

  git(...args: string[]): string {
    const person = { NAME: 'story', EMAIL: 'story@example.com', DATE: '2026-01-01T00:00:00Z' };
    const env = Object.fromEntries(
      Object.entries(person).flatMap(([key, value]) => [`GIT_AUTHOR_${key}`, `GIT_COMMITTER_${key}`].map((name) => [name, value])),
    );
    return execFileSync('git', args, {
      cwd: this.folder,
      env: { ...process.env, ...env, GIT_CONFIG_GLOBAL: '/dev/null' },
      encoding: 'utf8',
    });
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  commit(branch: string): void {
    if (this.git('branch', '--list', branch) === '' && branch !== 'main') this.git('branch', branch);
    this.git('symbolic-ref', 'HEAD', `refs/heads/${branch}`);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', branch);
  }

  async nines(args: readonly string[], env: Readonly<Record<string, string>> = {}, stdin = ''): Promise<Answer> {
    let [out, err] = ['', ''];
    const code = await run(args, {
      env,
      cwd: this.folder,
      stdout: { write: (text) => void (out += text), isTTY: false },
      stderr: { write: (text) => void (err += text), isTTY: false },
      readStdin: async () => stdin,
    });
    return { code, out, err };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
