import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../lib/cli/command';

/** A process in a new folder with some files. */
export function temporaryIo(files: Readonly<Record<string, string>>, env: Io['env'] = {}): Io & { out: string; err: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'nines-review-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const io = {
    out: '',
    err: '',
    env,
    cwd,
    stdout: { write: (text: string) => void (io.out += text), isTTY: false },
    stderr: { write: (text: string) => void (io.err += text), isTTY: false },
    readStdin: async () => '',
  };
  return io;
}
