import type { StackJson } from './stack-json';

/** The addresses of all resources that Terraform makes before this one: what it refers to or depends on, what these do, and so on. */
export function madeBefore({ resource = {} }: Pick<StackJson, 'resource'>, address: string): Set<string> {
  const before = new Set<string>();
  const visit = (of: string) => {
    const dot = of.indexOf('.');
    const args = resource[of.slice(0, dot)]?.[of.slice(dot + 1)];
    if (!args) throw new Error(`there is no ${of}`);
    for (const next of neededBy(args)) {
      if (before.has(next)) continue;
      before.add(next);
      visit(next);
    }
  };
  visit(address);
  return before;
}

function neededBy({ depends_on: waitsFor = [], ...args }: Readonly<Record<string, unknown>>): string[] {
  const references = JSON.stringify(args).matchAll(/\$\{(aws_[a-z0-9_]+\.[A-Za-z0-9_-]+)/g);
  return [...(waitsFor as readonly string[]), ...[...references].map(([, address]) => address!)];
}
