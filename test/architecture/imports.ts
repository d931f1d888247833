import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const lib = resolve(__dirname, '../../lib');

/** Every source below `lib`, without tests, relative and without extension. */
export function sources(): string[] {
  return readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|js)$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => path.replace(/\.(d\.)?(ts|js)$/, ''))
    .filter((path, i, all) => all.indexOf(path) === i)
    .sort();
}

/** What a source imports, types included: other sources relative to `lib`, packages by name. */
export function importsOf(source: string): string[] {
  const text =
    ['.ts', '.js', '.d.ts'].map((extension) => tryRead(join(lib, source + extension))).find((found) => found !== undefined) ?? '';
  const found = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ];
  return found.map((match) => {
    const target = (match[1] ?? match[2] ?? match[3] ?? match[4])!;
    return target.startsWith('.') ? relative(lib, resolve(lib, dirname(source), target)) : target;
  });
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
