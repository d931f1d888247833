import { error, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { kinds } from '../kinds/kinds.generated';
import { resolve } from '../resolve/resolve';
import type { Plain, PlainValue } from '../topology/plain';
import type { Topology, UsedAssumption } from '../topology/topology';
import { placedWith, positionsIn, type Positions } from './positions';
import { schemaOf } from './schema';
import { explainSchemaErrors } from './schema-errors';
import { at, decode, type Source } from './source';
import validator from './validate.generated';
import isValid from './verdict.generated';
import { readYaml } from './yaml';

/** More than a person could make; explaining each of a million would take minutes. */
const mostFailures = 1000;

export interface Loaded {
  /** null: something is wrong, as the diagnostics say. */
  readonly topology: Topology | null;
  /** In the order of the text, each with its place. */
  readonly diagnostics: readonly Diagnostic[];
  /** undefined: the text could not be read. */
  readonly positions: Positions | undefined;
  /** The text, so that a message can show the line that it is about. */
  readonly text: string;
}

export interface LoadOptions {
  /** Figures of the organization, below those of the spec. @default - none */
  readonly organization?: readonly UsedAssumption[];
}

/** Nobody reads more; the first ones explain most of the others. */
const mostDiagnostics = 100;

/**
 * A spec, YAML or JSON, to its topology. All mistakes are told at once, each with its place.
 * @example loadSpec('version: 1\nname: shop\n…', 'shop.yaml').topology
 */
export function loadSpec(content: string | Uint8Array, file: string, options: LoadOptions = {}): Loaded {
  return load(content, file, options, (root) => ({ settings: root, path: [], diagnostics: [] }));
}

/**
 * The `topology.json` that synthesis writes, resolved again: what is estimated is what was written, not what somebody has put into a cache.
 * @example readTopologyFile(readFileSync('cdktf.out/stacks/shop/topology.json'), 'topology.json').topology
 */
export function readTopologyFile(content: string | Uint8Array, file: string, options: LoadOptions = {}): Loaded {
  return load(content, file, options, (root) => {
    const envelope = isObject(root) ? root : {};
    if (envelope.version === 1 && envelope.settings !== undefined)
      return { settings: envelope.settings, path: ['settings'], diagnostics: [] };
    const detail =
      envelope.version === undefined || envelope.settings === undefined
        ? 'It has no `version` and `settings`: it was not synthesized by nines. Name a spec, or a folder that nines has synthesized.'
        : `It has version ${JSON.stringify(envelope.version)}, and this nines reads version 1. Synthesize again with this version.`;
    return {
      settings: undefined,
      path: [],
      diagnostics: [error('spec/topology-file', 'Not a synthesized topology', detail, { path: ['version'] })],
    };
  });
}

/** What was loaded elsewhere, with its text again. Where a setting is written is looked up when somebody asks: most never do. */
export function readAgain(
  { diagnostics, topology }: Pick<Loaded, 'topology' | 'diagnostics'>,
  content: string | Uint8Array,
  file: string,
): Loaded {
  const { source } = decode(file, content);
  let positions: Positions | undefined;
  return {
    topology,
    // The same text may have been loaded from another file.
    diagnostics: diagnostics.map((one) => (one.range ? { ...one, range: { ...one.range, file } } : one)),
    text: source.text,
    positions: topology
      ? { rangeOf: (path, atKey) => (positions ??= positionsIn(source, readYaml(source).root!)).rangeOf(path, atKey) }
      : undefined,
  };
}

interface Found {
  readonly settings: PlainValue | undefined;
  /** Where in the file the settings are. */
  readonly path: SettingPath;
  readonly diagnostics: readonly Diagnostic[];
}

function load(content: string | Uint8Array, file: string, options: LoadOptions, find: (root: PlainValue) => Found): Loaded {
  const { source, diagnostics: unreadable } = decode(file, content);
  const { text } = source;
  if (unreadable.length > 0) return { topology: null, diagnostics: unreadable, positions: undefined, text };
  const { root, diagnostics: misread } = readYaml(source);
  if (!root) return { topology: null, diagnostics: misread, positions: undefined, text };
  const positions = positionsIn(source, root);
  const found = find(root.value);
  const { topology, diagnostics } =
    found.settings === undefined ? { topology: null, diagnostics: [] } : judge(found.settings, source, options);
  const below = diagnostics.map((diagnostic) =>
    diagnostic.path ? { ...diagnostic, path: [...found.path, ...diagnostic.path] } : diagnostic,
  );
  const all = placedWith(misread, [...found.diagnostics, ...below], positions);
  return { topology: misread.length > 0 ? null : topology, diagnostics: atMost(all), positions, text };
}

function judge(
  settings: PlainValue,
  source: Source,
  { organization = [] }: LoadOptions,
): { topology: Topology | null; diagnostics: readonly Diagnostic[] } {
  if (!isObject(settings)) {
    const detail = 'A spec is an object with settings: version, name, regions, components, flows. `nines init` writes a first one.';
    return { topology: null, diagnostics: [at(source, 'spec/no-object', 'Not a spec', detail, 0, 0)] };
  }
  if (isValid(settings)) return resolve(settings, { organization });
  const validate = validator();
  validate(settings);
  const failures = validate.errors ?? [];
  const refused = explainSchemaErrors(failures.slice(0, mostFailures), schemaOf(kinds), settings);
  // Where not every refused setting is known, the others cannot be told from them.
  if (failures.length > mostFailures) return { topology: null, diagnostics: refused.diagnostics };
  const { topology, diagnostics } = resolve(settings, { invalid: refused.invalid, organization });
  return { topology, diagnostics: [...refused.diagnostics, ...diagnostics] };
}

function isObject(value: PlainValue | undefined): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function atMost(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const left = diagnostics.length - mostDiagnostics;
  if (left <= 0) return diagnostics;
  const detail = `${left} further ones are not shown. Correct these first; often many have one reason.`;
  const shown = diagnostics.slice(0, mostDiagnostics);
  return [...shown, error('spec/too-many-mistakes', 'More mistakes', detail, shown.at(-1)?.range ? { range: shown.at(-1)!.range! } : {})];
}
