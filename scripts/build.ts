import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { policySchemaText, schemaText } from './validator';

const root = resolve(__dirname, '..');
const lib = resolve(root, 'lib');
const withoutExtension = (path: string) => path.replace(/\.ts$/, '');

/** What is loaded by `await import()` from our own sources becomes a file of its own, so that a command's start-up reads only what it runs. */
function apart(found: Set<string>): Plugin {
  return {
    name: 'apart',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const target = relative(lib, resolve(resolveDir, path));
        found.add(target);
        const from = relative(lib, resolveDir);
        const to = relative(from, target);
        return { path: to.startsWith('.') ? `${to}.js` : `./${to}.js`, external: true };
      });
    },
  };
}

/** The user's own copies are used by `nines/constructs`; the AWS SDK is loaded by those who ask for it. */
const never = ['@aws-sdk/*'];
const peers = ['cdktf', 'constructs', '@cdktf/provider-aws'];

async function bundle(entries: readonly string[], external: readonly string[]): Promise<void> {
  const done = new Set<string>();
  let next = [...entries];
  while (next.length > 0) {
    const found = new Set<string>();
    await build({
      entryPoints: next.map((entry) => ({ in: resolve(lib, `${entry}.ts`), out: entry })),
      outdir: resolve(root, 'dist'),
      outbase: lib,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      // Names stay, so that a stack trace can be read; restored by calls, as `keepNames` does it, they would take a tenth of the loading.
      minifySyntax: true,
      minifyWhitespace: true,
      charset: 'ascii',
      legalComments: 'linked',
      // A dependency that makes a `require` of where it is, as modules may and CommonJS cannot; a path does for that.
      define: { 'import.meta.url': '__filename' },
      // import() of a CommonJS file would go through the slower module loader.
      supported: { 'dynamic-import': false },
      external: [...never, ...external],
      plugins: [apart(found)],
      logLevel: 'warning',
    });
    for (const entry of next) done.add(entry);
    next = [...found].map(withoutExtension).filter((entry) => !done.has(entry));
  }
}

/** By which bin/nines.js tells one bundle from another. */
function sign(file: string): void {
  appendFileSync(file, `//${createHash('sha256').update(readFileSync(file)).digest('hex')}\n`);
}

async function main(): Promise<void> {
  rmSync(resolve(root, 'dist'), { recursive: true, force: true });
  // The compiled schema of specs and the kernel are not committed.
  execFileSync(process.execPath, ['scripts/run.cjs', 'scripts/generate.ts', '--validators', '--kernel'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await bundle(['index', 'cli/process', 'cli/app', 'cli/worker', 'cli/ticker-thread'], []);
  const cli = resolve(root, 'dist/cli');
  for (const name of readdirSync(cli).filter((file) => file.endsWith('.js'))) sign(resolve(cli, name));
  await bundle(['constructs'], peers);
  writeFileSync(resolve(root, 'dist/nines.schema.json'), schemaText());
  for (const name of readdirSync(resolve(lib, 'document')).filter((file) => file.endsWith('.schema.json')))
    cpSync(resolve(lib, 'document', name), resolve(root, 'dist', name));
  writeFileSync(resolve(root, 'dist/nines-policy.schema.json'), policySchemaText());
  process.stderr.write(`built ${relative(process.cwd(), dirname(resolve(root, 'dist/index.js')))}\n`);
}

void main();
