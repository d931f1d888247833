import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftOut } from './emulator-differences';

type Resources = Record<string, Record<string, Record<string, unknown>>>;

interface Written {
  resource?: Resources;
}

/**
 * The same Terraform without the resources that the emulator lacks. What others read from one of them and was written in it (its name) is put in its
 * place; anything else would be a guess, and throws.
 */
export function withoutLacking<Stack extends Written>(json: Stack): Stack {
  const { resource = {} } = json;
  const gone = new Map<string, Record<string, unknown>>();
  for (const type of Object.keys(leftOut)) {
    for (const [name, written] of Object.entries(resource[type] ?? {})) gone.set(`${type}.${name}`, written);
  }
  const kept = Object.fromEntries(Object.entries(resource).filter(([type]) => !(type in leftOut)));
  const text = JSON.stringify({ ...json, resource: kept }).replace(
    /\$\{(aws_[a-z0-9_]+\.[A-Za-z0-9_-]+)\.([a-z_]+)\}/g,
    (reference, address: string, attribute: string) => {
      const written = gone.get(address);
      if (!written) return reference;
      const value = written[attribute];
      if (typeof value !== 'string') throw new Error(`${address} is left out, and its ${attribute} is needed: ${reference}`);
      return JSON.stringify(value).slice(1, -1);
    },
  );
  return JSON.parse(text) as Stack;
}

/** Second step of a test's app: what was synthesized is rewritten where the emulator lacks something. */
function main(): void {
  const stacks = join(process.env.CDKTF_OUTDIR ?? 'cdktf.out', 'stacks');
  for (const stack of readdirSync(stacks)) {
    const file = join(stacks, stack, 'cdk.tf.json');
    if (!existsSync(file)) continue;
    writeFileSync(file, JSON.stringify(withoutLacking(JSON.parse(readFileSync(file, 'utf8')) as Written), null, 2));
  }
}

if (require.main === module) main();
