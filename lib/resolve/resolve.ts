import { error, hasErrors, warning, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import { kinds as allKinds } from '../kinds/kinds.generated';
import type { Kind } from '../topology/kind';
import type { Plain } from '../topology/plain';
import type { Component, Deployment, Flow, Region, Topology, UsedAssumption } from '../topology/topology';
import { checkAllowedLosses } from './allowed-losses';
import { canonical } from './canonical';
import { checkArns } from './elsewhere';
import { checkByKind, checkKind, contextOf, readComponent, type ReadComponent, type Surroundings } from './components';
import { checkDependencies } from './dependencies';
import { resolveFlow } from './flows';
import { closure } from './graph';
import { readLabels } from './labels';
import { checkName, checkOwnNames, checkPrefix, checkTakenNames } from './names';
import { checkOldName } from './old-names';
import { notModelledOf } from './not-modelled';
import { entriesOf, readableBut, readableOverrides } from './readable';
import { causesOf, controlPlaneWithZone } from './region-causes';
import { readRegions } from './regions';
import type { Spec } from './spec';
import { checkTags } from './tags';
import { checkTerraformOverrides, terraformOverridesOf } from './terraform-overrides';
import { ownAssumptions, sharedAssumptions, unusedOverrides, usedBy, withOwn, type Assumptions } from './used-assumptions';

export interface ResolveOptions {
  /** Settings that the schema refuses. They are left out, so that the mistakes in all others are still found. @default - none */
  readonly invalid?: readonly SettingPath[];
  /** The kinds that there are. @default - all of the package */
  readonly kinds?: readonly Kind[];
  /** Figures of the organization, below those of the spec. @default - none */
  readonly organization?: readonly UsedAssumption[];
}

export interface Resolution {
  /** null: something is wrong, as the diagnostics say. */
  readonly topology: Topology | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** More components than anybody reviews in one spec; the bound keeps hostile input cheap. */
const mostComponents = 1000;

/**
 * Plain settings, however they were written, to the one model: defaults, references, checks. All mistakes are found at once.
 * @example resolve({ version: 1, name: 'shop', regions: {…}, components: {…}, flows: {…} }).topology
 */
export function resolve(settings: Plain, { invalid = [], kinds = allKinds, organization = [] }: ResolveOptions = {}): Resolution {
  const readable = readableBut(invalid);
  // By key: what the schema has not refused is what the type says.
  const spec = readable.of(settings, []) as unknown as Partial<Spec>;
  const written = readable.refused(['components']) ? [] : entriesOf(settings.components);
  const names = new Set(written.map(([name]) => name));
  if (names.size > mostComponents) return { topology: null, diagnostics: [tooMany(names.size)] };

  const regions = readRegions(settings, readable);
  const region = regions.found[0];
  const surroundings: Surroundings | undefined =
    region && region.zones.length > 0 ? { region, prefix: `${spec.namePrefix ?? ''}${spec.name ?? ''}-` } : undefined;
  const components = written.map(([name, value]) => readComponent(name, value, kinds, surroundings, readable));
  const shared = sharedAssumptions(readableOverrides(settings, [], readable), kinds, organization);
  const own = components.flatMap(({ name, kind, whole, settled }) =>
    kind
      ? [ownAssumptions(name, readableOverrides(whole, ['components', name], readable), kind, settled?.settings, shared.assumptions)]
      : [],
  );
  const assumptions: Assumptions = new Map([...shared.assumptions, ...own.flatMap((part) => [...part.assumptions])]);
  const ofAll = readLabels(settings.labels, ['labels'], readable);
  const flows = (readable.refused(['flows']) ? [] : entriesOf(settings.flows)).map(([name, value]) =>
    resolveFlow(name, value, { components: names, labels: ofAll.labels }, readable),
  );

  const diagnostics = [
    ...(spec.name === undefined ? [] : checkName('The topology', spec.name, ['name'], false)),
    ...(spec.name === undefined || readable.refused(['namePrefix']) ? [] : checkPrefix(spec.namePrefix ?? '', spec.name)),
    ...ofAll.diagnostics,
    ...checkTags(spec.tags ?? {}),
    ...regions.diagnostics,
    ...(names.size === 0 && readable(['components']) ? [nothing()] : []),
    ...[...names].flatMap((name) => checkName('The component', name, ['components', name], true)),
    ...[...names].flatMap(checkOwnNames),
    ...checkTakenNames(components),
    ...components.flatMap((component) => checkKind(component, kinds)),
    ...checkDependencies(components, kinds),
    ...checkOwnSettings(components, surroundings),
    ...checkAllowedLosses(readable.refused(['allowReplacement']) ? [] : entriesOf(settings.allowReplacement).map(([name]) => name), names),
    ...shared.diagnostics,
    ...own.flatMap((part) => part.diagnostics),
    ...flows.flatMap(({ value: { name }, diagnostics }) => [...checkName('The flow', name, ['flows', name], true), ...diagnostics]),
  ];
  if (invalid.length > 0 || hasErrors(diagnostics) || !surroundings) return { topology: null, diagnostics };

  const topology = assemble(
    spec as Spec,
    settings,
    regions.found,
    components,
    flows.map(({ value }) => value),
    surroundings,
    assumptions,
  );
  return { topology, diagnostics: [...diagnostics, ...unreached(topology), ...unusedOverrides(assumptions, topology.assumptions)] };
}

function tooMany(count: number): Diagnostic {
  return error(
    'spec/too-many-components',
    'Too many components',
    `A spec has at most ${mostComponents} components, and this one has ${count}. Split it.`,
    {
      path: ['components'],
      atKey: true,
    },
  );
}

function nothing(): Diagnostic {
  return error(
    'spec/no-components',
    'No components',
    'A topology has at least one component. Add one under `components`; `nines kinds` lists the kinds.',
    {
      path: ['components'],
      atKey: true,
    },
  );
}

function checkOwnSettings(components: readonly ReadComponent[], surroundings: Surroundings | undefined): Diagnostic[] {
  const byName = new Map(components.map((component) => [component.name, component]));
  const dependents = dependentsOf(components);
  return components.flatMap((component) => {
    const { name, kind, settled, written } = component;
    const told = settled && surroundings && contextOf(component, byName, dependents.get(name)!, surroundings);
    return [
      ...(told ? checkByKind(component, told) : []),
      ...(component.kind && surroundings ? checkArns(component.name, component.written, component.kind, surroundings.region.name) : []),
      ...(kind && written.terraform ? checkTerraformOverrides(name, written.terraform as Plain, kind) : []),
      ...checkOldName(component, components),
    ];
  });
}

function dependentsOf(components: readonly ReadComponent[]): ReadonlyMap<string, readonly ReadComponent[]> {
  const dependents = new Map(components.map(({ name }) => [name, [] as ReadComponent[]]));
  for (const component of components) {
    for (const on of new Set(component.dependsOn.map((dependency) => dependency.on))) dependents.get(on)?.push(component);
  }
  return dependents;
}

function assemble(
  spec: Spec,
  settings: Plain,
  regions: readonly Region[],
  read: readonly ReadComponent[],
  flows: readonly Flow[],
  surroundings: Surroundings,
  assumptions: Assumptions,
): Topology {
  const byName = new Map(read.map((component) => [component.name, component]));
  const dependents = dependentsOf(read);
  const components = read.map((component): Component => {
    const { name, kind, settled, dependsOn, written } = component;
    const context = contextOf(component, byName, dependents.get(name)!, surroundings)?.context;
    if (!kind || !settled || !context) throw new Error(`The component ${name} was not read, and nothing said so. This is a bug in nines.`);
    return {
      name,
      kind: kind.name,
      region: surroundings.region.name,
      settings: settled.settings,
      dependsOn: dependsOn.map(({ on, without }) => ({ on, without })),
      behaviour: withOwn(name, kind.describe(settled.settings, context), assumptions),
      reach: kind.reach,
      terraform: written.terraform ? terraformOverridesOf(written.terraform as Plain) : null,
      was: typeof written.was === 'string' ? written.was : null,
    };
  });
  const causes = regions.flatMap(causesOf);
  const others = [controlPlaneWithZone, ...flows.map(({ inDoubt }) => inDoubt)];
  return {
    name: spec.name,
    regions,
    components,
    flows,
    causes,
    controlPlaneWithZone,
    assumptions: usedBy(
      causes,
      components.map(({ behaviour }) => behaviour),
      others,
      assumptions,
    ),
    notModelled: notModelledOf(components, outsideOf(components, flows)),
    deployment: deploymentOf(spec, surroundings.region),
    settings: canonical(
      settings,
      read.flatMap(({ kind }) => kind ?? []),
    ),
  };
}

function outsideOf(components: readonly Component[], flows: readonly Flow[]): string[] {
  const graph = new Map(components.map(({ name, dependsOn }) => [name, dependsOn.map(({ on }) => on)]));
  const reached = closure(
    graph,
    flows.flatMap(({ requires, atomic }) => [...requires, ...atomic]),
  );
  return components.map(({ name }) => name).filter((name) => !reached.has(name));
}

/** Components that no flow reaches. One that stands on what flows do reach works behind them, as the consumer of a queue does. */
function unreached({ components, flows }: Topology): Diagnostic[] {
  const outside = new Set(outsideOf(components, flows));
  return components
    .filter(({ name, dependsOn }) => outside.has(name) && !dependsOn.some(({ on }) => !outside.has(on)))
    .map(({ name }) =>
      warning(
        'spec/unused-component',
        'Component that no flow requires',
        `${quote(name)} is built, and its outages show in no number. Add it to a flow, or to what a flow depends on.`,
        {
          path: ['components', name],
          atKey: true,
          address: `component/${name}`,
        },
      ),
    );
}

function deploymentOf({ name, account, assumeRole, namePrefix, tags, provider, backend }: Spec, region: Region): Deployment {
  const s3 = backend === undefined || backend === 'local' ? undefined : backend.s3;
  return {
    account: account ?? null,
    assumeRole: assumeRole ?? null,
    namePrefix: namePrefix ?? '',
    tags: tags ?? {},
    provider: provider ?? {},
    backend: s3
      ? { bucket: s3.bucket, key: s3.key ?? `${namePrefix ?? ''}${name}/terraform.tfstate`, region: s3.region ?? region.name }
      : 'local',
  };
}
