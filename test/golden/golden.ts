import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Golden files are rewritten by `npm run golden`, and never where CI is set: there, a change must show. */
const update = process.env.UPDATE_GOLDEN === '1' && process.env.CI === undefined;

function golden(file: string, text: string): string {
  if (update) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (!existsSync(file)) throw new Error(`${file} is missing: npm run golden writes it, and a reviewer reads it`);
  return readFileSync(file, 'utf8');
}

/** Compares a text with its golden file, letter by letter. */
export function expectGoldenText(file: string, text: string): void {
  expect(text).toBe(golden(file, text));
}

/** Compares a document with its golden file: numbers to nine digits, all else as it is. */
export function expectGoldenJson(file: string, document: unknown): void {
  const expected: unknown = JSON.parse(golden(file, `${JSON.stringify(document, null, 2)}\n`));
  expect(differences(expected, JSON.parse(JSON.stringify(document)), '$')).toEqual([]);
}

/** Where two documents differ. */
export function differences(expected: unknown, found: unknown, path: string): string[] {
  if (typeof expected === 'number' && typeof found === 'number') {
    const apart = Math.abs(expected - found) > 1e-9 * Math.max(Math.abs(expected), Math.abs(found));
    return apart ? [`${path}: ${expected} became ${found}`] : [];
  }
  if (typeof expected !== 'object' || typeof found !== 'object' || expected === null || found === null) {
    return Object.is(expected, found) ? [] : [`${path}: ${JSON.stringify(expected)} became ${JSON.stringify(found)}`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...keys].flatMap((key) => differences((expected as Record<string, unknown>)[key], (found as Record<string, unknown>)[key], `${path}.${key}`));
}
