import { error, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { instead, listed, quote } from '../diagnostics/way-out';
import type { Kind } from '../topology/kind';
import type { Dependency } from '../topology/topology';
import { cycles } from './graph';
import type { DependencySpec } from './spec';

/** What is known of a component before its settings are. */
export interface Known {
  readonly name: string;
  /** undefined: there is no such kind, which is reported elsewhere. */
  readonly kind: Kind | undefined;
  /** In the order of the spec. */
  readonly dependsOn: readonly ListedDependency[];
}

/** A dependency with its place in the list. */
export interface ListedDependency extends Dependency {
  readonly at: number;
}

export function dependencyOf(spec: DependencySpec, at: number): ListedDependency {
  return typeof spec === 'string' ? { on: spec, without: 'down', at } : { on: spec.on, without: spec.without ?? 'down', at };
}

function pathOf(component: string, at: number): SettingPath {
  return ['components', component, 'dependsOn', at];
}

/** What is wrong with who depends on whom. */
export function checkDependencies(components: readonly Known[], kinds: readonly Kind[]): Diagnostic[] {
  const byName = new Map(components.map((component) => [component.name, component]));
  return [
    ...components.flatMap((component) => component.dependsOn.flatMap((dependency) => checkOne(component, dependency, byName, kinds))),
    ...circles(components),
  ];
}

function checkOne(
  component: Known,
  { on, at }: ListedDependency,
  byName: ReadonlyMap<string, Known>,
  kinds: readonly Kind[],
): Diagnostic[] {
  const { name, kind, dependsOn } = component;
  const where = { path: pathOf(name, at), address: `component/${name}` };
  if (dependsOn.some((earlier) => earlier.on === on && earlier.at < at)) {
    return [
      error('spec/duplicate-dependency', 'Dependency named twice', `${quote(name)} depends on ${quote(on)} twice. Remove one.`, where),
    ];
  }
  if (on === name) {
    return [
      error(
        'spec/self-dependency',
        'Component depends on itself',
        `${quote(name)} cannot stand on itself. Remove it from its own \`dependsOn\`.`,
        where,
      ),
    ];
  }
  const target = byName.get(on);
  if (!target) {
    const others = [...byName.keys()].filter((other) => other !== name);
    return [
      error(
        'spec/unknown-component',
        'Unknown component',
        `${quote(name)} depends on ${quote(on)}, which is no component. ${instead(on, others, 'Components')}`,
        where,
      ),
    ];
  }
  if (!kind || !target.kind || kind.mayDependOn.includes(target.kind.name)) return [];
  return [
    error(
      'spec/dependency-kind',
      'Kinds that do not stand on each other',
      `${refusal(name, kind, on, target.kind)} ${detour(kind, target.kind, kinds)}`,
      where,
    ),
  ];
}

function refusal(name: string, kind: Kind, on: string, target: Kind): string {
  return `${quote(name)} is of kind ${kind.name}, which cannot depend on ${quote(on)} of kind ${target.name}.`;
}

/** A kind that can stand between the two, or what may be depended on. */
function detour(kind: Kind, target: Kind, kinds: readonly Kind[]): string {
  const between = kinds.filter(
    ({ name, mayDependOn }) => name !== kind.name && kind.mayDependOn.includes(name) && mayDependOn.includes(target.name),
  );
  if (between.length > 0) return `Put a ${between[0]!.name} between them: depend on it, and let it depend on the ${target.name}.`;
  return kind.mayDependOn.length > 0 ? `It may depend on: ${listed(kind.mayDependOn)}.` : 'It depends on nothing: remove its `dependsOn`.';
}

function circles(components: readonly Known[]): Diagnostic[] {
  const names = new Set(components.map(({ name }) => name));
  const graph = new Map(
    components.map(({ name, dependsOn }) => [name, dependsOn.map(({ on }) => on).filter((on) => on !== name && names.has(on))]),
  );
  return cycles(graph).map((cycle) => {
    const [first, second = first] = cycle as [string, ...string[]];
    const { at } = components.find(({ name }) => name === first)!.dependsOn.find(({ on }) => on === second)!;
    return error(
      'spec/cycle',
      'Components depend on each other in a circle',
      `${listed([...cycle, first].map(quote), 20).replaceAll(', ', ' → ')}: none of them could start without the others. Remove one of these dependencies.`,
      { path: pathOf(first, at), address: `component/${first}` },
    );
  });
}
