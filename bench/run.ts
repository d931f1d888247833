import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { print, type Benchmark } from './table';

const frame = new Set(['table.ts', 'process.ts', 'run.ts']);

/** Runs all benchmarks of this folder, or those that are named: npm run bench -- start-up engine. */
async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.ts') && !frame.has(file));
  const unknown = names.find((name) => !files.includes(`${name}.ts`));
  if (unknown !== undefined)
    throw new RangeError(`there is no benchmark ${unknown}; there are ${files.map((file) => basename(file, '.ts')).join(', ')}`);
  for (const file of files.filter((candidate) => names.length === 0 || names.includes(basename(candidate, '.ts')))) {
    const { benchmark } = (await import(`./${basename(file, '.ts')}`)) as { benchmark: Benchmark };
    process.stderr.write(`${benchmark.name} …\n`);
    for (const table of await benchmark.run()) process.stdout.write(`${print(table)}\n`);
  }
}

void main();
