import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '..');

/**
 * Compiles lib/kernel/assembly to WebAssembly, as a text in a module, so that it is part of whatever is bundled. `checked`: it stops where an array is
 * read beyond its end, and takes several times as long.
 */
export function buildKernel(checked = false): void {
  const folder = mkdtempSync(join(tmpdir(), 'nines-kernel-'));
  try {
    const binary = join(folder, 'kernel.wasm');
    const compiler = resolve(root, 'node_modules/assemblyscript/bin/asc.js');
    // Stub: nothing is collected, since a kernel lives as long as its model. Its tables are there from the start, and growing for each takes longer.
    const memory = ['--runtime', 'stub', '--initialMemory', '80'];
    const options = [
      ...memory,
      '-O3',
      '--noAssert',
      '--uncheckedBehavior',
      checked ? 'never' : 'always',
      '--converge',
      '--outFile',
      binary,
    ];
    execFileSync(process.execPath, [compiler, 'lib/kernel/assembly/index.ts', ...options], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const text = readFileSync(binary).toString('base64');
    writeFileSync(
      resolve(root, 'lib/kernel/kernel.generated.js'),
      `// Made from lib/kernel/assembly by the build.\nmodule.exports = '${text}';\n`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
