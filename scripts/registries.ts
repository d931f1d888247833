import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Registry {
  /** The file of a kind that the registry lists. */
  readonly source: string;
  readonly generated: string;
  readonly write: (kinds: readonly string[]) => string;
}

const warning = '// Made by `npm run generate` from the folders of lib/kinds. Not to be edited.\n';

/** `load-balancer` → `loadBalancer`. */
function variable(kind: string): string {
  return kind.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `load-balancer` → `LoadBalancer`. */
function className(kind: string): string {
  return variable(kind).replace(/^./, (letter) => letter.toUpperCase());
}

function record(name: string, type: string, entries: readonly string[]): string {
  return `export const ${name}: ${type} = {\n${entries.map((entry) => `  ${entry},\n`).join('')}};\n`;
}

function key(kind: string): string {
  return kind.includes('-') ? `'${kind}'` : kind;
}

const registries: readonly Registry[] = [
  {
    source: 'kind.ts',
    generated: 'lib/kinds/kinds.generated.ts',
    write: (kinds) =>
      [
        "import type { Kind } from '../topology/kind';",
        ...kinds.map((kind) => `import { kind as ${variable(kind)} } from './${kind}/kind';`),
        '',
        '/** Every kind, sorted by name. */',
        // A kind is stored without its settings type: only its own functions read them.
        `export const kinds = [${kinds.map(variable).join(', ')}] as unknown as readonly Kind[];`,
        '',
      ].join('\n'),
  },
  {
    source: 'construct.ts',
    generated: 'lib/kinds/constructs.generated.ts',
    write: (kinds) =>
      [
        ...kinds.map((kind) => `import { ${className(kind)} } from './${kind}/construct';`),
        '',
        ...kinds.map((kind) => `export { ${className(kind)}, type ${className(kind)}Props } from './${kind}/construct';`),
        '',
        '/** The construct class of every kind, by the name of the kind. */',
        `export const constructs = {\n${kinds.map((kind) => `  ${key(kind)}: ${className(kind)},\n`).join('')}} as const;`,
        '',
      ].join('\n'),
  },
  {
    source: 'read-back.ts',
    generated: 'lib/kinds/read-backs.generated.ts',
    write: (kinds) =>
      [
        "import type { ReadBack } from '../resources/read-back';",
        ...kinds.map((kind) => `import { readBack as ${variable(kind)} } from './${kind}/read-back';`),
        '',
        '/** What finds the components of a kind among resources, by the name of the kind. */',
        record(
          'readBacks',
          'Readonly<Record<string, ReadBack>>',
          kinds.map((kind) => (key(kind) === variable(kind) ? kind : `${key(kind)}: ${variable(kind)}`)),
        ),
      ].join('\n'),
  },
];

/** The registries of the kinds as they follow from the folders: text by path. A kind that has no such file yet is left out. */
export function registriesOf(root: string): Record<string, string> {
  const folders = readdirSync(join(root, 'lib/kinds'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Object.fromEntries(
    registries.map(({ source, generated, write }) => [
      generated,
      warning + write(folders.filter((folder) => existsSync(join(root, 'lib/kinds', folder, source)))),
    ]),
  );
}
