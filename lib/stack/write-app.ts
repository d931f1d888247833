import { App } from 'cdktf';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DiagnosticsError, error } from '../diagnostics/diagnostic';
import { withoutStackTraces } from '../terraform/stack-traces';

/**
 * Makes the stacks of an app and writes them. All is written to a folder of its own first and then put in place file by file, so that each file is
 * there whole, and none when something is wrong. What Terraform keeps in the folder of a stack stays. That folder lies in the output folder, which may
 * be a file system of its own: files are not moved from one to another.
 */
export function writeApp<Made>(outdir: string, make: (app: App) => Made): Made {
  const target = resolve(outdir);
  const { created, written } = prepare(target, outdir);
  let done = false;
  try {
    const made = withoutStackTraces(() => {
      const app = new App({ outdir: written, stackTraces: false });
      const made = make(app);
      app.synth();
      return made;
    });
    for (const file of filesBelow(written)) {
      const to = join(target, relative(written, file));
      mkdirSync(dirname(to), { recursive: true });
      renameSync(file, to);
    }
    done = true;
    return made;
  } finally {
    rmSync(!done && created !== undefined ? created : written, { recursive: true, force: true });
  }
}

/** The folders that are made for it, the outermost of them first. */
function prepare(target: string, outdir: string): { readonly created: string | undefined; readonly written: string } {
  try {
    const created = mkdirSync(target, { recursive: true });
    return { created, written: mkdtempSync(join(target, '.nines-')) };
  } catch (cause) {
    const detail = `${outdir} cannot be made or written to (${(cause as Error).message}). Name another folder.`;
    throw new DiagnosticsError([error('stack/output-folder', 'Output folder that cannot be written', detail)]);
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}
