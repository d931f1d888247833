import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../lib/cli/command';
import { listeningIo } from '../listening-io';

/** A process in a new folder with some files. */
export function temporaryIo(files: Readonly<Record<string, string>>, env: Io['env'] = {}): Io & { out: string; err: string } {
  const cwd = mkdtempSync(join(tmpdir(), 'nines-review-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return listeningIo(cwd, { env });
}
