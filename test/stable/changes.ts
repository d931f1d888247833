import type { Plain, PlainValue } from '../../lib/topology/plain';

/** A way in which a spec grows: what was there stays as it is. */
export interface Growth {
  readonly what: string;
  readonly before: Plain;
  readonly after: Plain;
}

/** Settings that say how many of something a component has. */
const counts = ['count', 'readers', 'readReplicas', 'replicas', 'shards'];

/** Every way in which a spec could have grown to what it is, or may grow by one: zones, components, copies, shards, dependencies. */
export function growthsOf(settings: Plain): Growth[] {
  return [...zones(settings), ...components(settings), ...copies(settings), ...dependencies(settings)];
}

function zones(settings: Plain): Growth[] {
  return Object.entries(settings.regions as Readonly<Record<string, Plain>>).flatMap(([region, given]) => {
    const named = given.zones as readonly string[];
    // Behind the others, whatever its letter: the first zone is where what all zones share lives.
    return ['a', 'd', 'h']
      .map((letter) => `${region}${letter}`)
      .filter((zone) => !named.includes(zone))
      .map((zone) => {
        const grown = [...named, zone];
        return { what: `zone ${zone} joins`, before: settings, after: { ...settings, regions: { [region]: { ...given, zones: grown } } } };
      });
  });
}

const componentsOf = (settings: Plain) => settings.components as Readonly<Record<string, Plain>>;

const onOf = (dependency: PlainValue) => (typeof dependency === 'string' ? dependency : String((dependency as Plain).on));

const dependsOn = (component: Plain) => (component.dependsOn ?? []) as readonly PlainValue[];

/** A component on which nothing stands might not have been there. */
function components(settings: Plain): Growth[] {
  const all = componentsOf(settings);
  const needed = new Set(Object.values(all).flatMap((component) => dependsOn(component).map(onOf)));
  const flows = settings.flows as Readonly<Record<string, Plain>>;
  return Object.keys(all)
    .filter((name) => !needed.has(name) && Object.keys(all).length > 1)
    .map((name) => {
      const left = Object.fromEntries(Object.entries(all).filter(([other]) => other !== name));
      const below = dependsOn(all[name]!).map(onOf);
      const without = (names: PlainValue | undefined) =>
        ((names ?? []) as readonly string[]).flatMap((required) => (required === name ? below : [required]));
      const rerouted = Object.fromEntries(
        Object.entries(flows).map(([flow, { requires, atomic, ...rest }]) => [
          flow,
          { ...rest, requires: [...new Set(without(requires))], ...(atomic ? { atomic: [...new Set(without(atomic))] } : {}) },
        ]),
      );
      return { what: `component ${name} joins`, before: { ...settings, components: left, flows: rerouted }, after: settings };
    });
}

function copies(settings: Plain): Growth[] {
  return Object.entries(componentsOf(settings)).flatMap(([name, component]) =>
    counts
      .filter((key) => typeof component[key] === 'number')
      .map((key) => {
        const more = { ...component, [key]: (component[key] as number) + 1 };
        return {
          what: `${name} has one more of ${key}`,
          before: settings,
          after: { ...settings, components: { ...componentsOf(settings), [name]: more } },
        };
      }),
  );
}

function dependencies(settings: Plain): Growth[] {
  return Object.entries(componentsOf(settings)).flatMap(([name, component]) =>
    dependsOn(component).map((dependency) => {
      const fewer = { ...component, dependsOn: dependsOn(component).filter((other) => other !== dependency) };
      const before = { ...settings, components: { ...componentsOf(settings), [name]: fewer } };
      return { what: `${name} begins to depend on ${onOf(dependency)}`, before, after: settings };
    }),
  );
}
