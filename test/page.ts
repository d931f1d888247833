import { readFileSync, writeFileSync } from 'node:fs';
import type { Io } from '../lib/cli/command';
import { run } from '../lib/cli/main';

/** A command as a page shows it: what it prints, and its exit code where that is not 0. */
export async function output(args: readonly string[], cwd: string): Promise<string> {
  let text = '';
  const io: Io = {
    env: {},
    cwd,
    stdout: { write: (part) => void (text += part), isTTY: false },
    stderr: { write: (part) => void (text += part), isTTY: false },
    readStdin: async () => '',
  };
  const code = await run(args, io);
  return `$ npx nines ${args.join(' ')}\n${text.trimEnd()}\n${code === 0 ? '' : `(exit code ${code})\n`}`;
}

/** A block of a page. */
export const fenced = (text: string, language: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** A page as it is, and with each section, `<!-- output:name -->`, as it should be. UPDATE_GOLDEN=1 writes it, never in CI. */
export async function compared(
  file: string,
  shown: Readonly<Record<string, () => Promise<string>>>,
): Promise<{ readonly there: string; readonly expected: string }> {
  const text = readFileSync(file, 'utf8');
  let expected = text;
  for (const [, name] of text.matchAll(/<!-- ((?:output|file):[^ ]+) -->/g)) {
    const section = await shown[name!]!();
    expected = expected.replace(
      new RegExp(`(<!-- ${name!} -->\n)[\\s\\S]*?(<!-- /)`),
      (_, before: string, after: string) => `${before}\n${section}\n\n${after}`,
    );
  }
  if (process.env.UPDATE_GOLDEN === '1' && process.env.CI === undefined) writeFileSync(file, expected);
  return { there: readFileSync(file, 'utf8'), expected };
}
