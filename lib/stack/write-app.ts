import { App } from 'cdktf';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { withoutStackTraces } from '../terraform/stack-traces';

/**
 * Makes the stacks of an app and writes them. All is written beside the output folder first and then put in place file by file, so that each file is
 * there whole, and none when something is wrong. What Terraform keeps in the folder of a stack stays.
 */
export function writeApp<Made>(outdir: string, make: (app: App) => Made): Made {
  const target = resolve(outdir);
  mkdirSync(dirname(target), { recursive: true });
  const written = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
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
    return made;
  } finally {
    rmSync(written, { recursive: true, force: true });
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}
