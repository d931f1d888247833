import { error, warning, type Diagnostic } from '../diagnostics/diagnostic';
import { kinds } from '../kinds/kinds.generated';
import { differenceOf, type Move } from '../resources/difference';
import { fromSynthesized, type Resource, type Resources } from '../resources/resources';
import type { Replacing } from '../topology/kind';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';

/** A version of a topology with its Terraform. */
export interface Version {
  readonly topology: Topology;
  readonly json: TerraformJson;
}

/** The parts of a `cdk.tf.json` from which a loss can be told. */
export type TerraformJson = Parameters<typeof fromSynthesized>[0] & {
  readonly moved?: readonly Move[];
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: unknown } } };
};

/** A resource with data that Terraform would destroy, or make anew and empty. */
interface Loss {
  /** The component's name before. */
  readonly component: string;
  readonly address: string;
  /** Arguments that make it anew, with the settings that they follow; null: it is not there any more. */
  readonly because: readonly (Replacing & { readonly argument: string })[] | null;
}

/** Whether any component holds data that a change can destroy. */
export const holdsData = ({ components }: Topology): boolean => components.some(({ kind }) => storesOf(kind) !== undefined);

/** Refuses what would destroy data that an earlier version holds, unless the spec says why that is right. */
export function refusedLosses(before: Version, after: Version): Diagnostic[] {
  const names = new Map(after.topology.components.flatMap(({ name, was }) => (was === null ? [] : [[was, name] as const])));
  const now = new Set(after.topology.components.map(({ name }) => name));
  const [was, is] = [before.topology.regions[0]!.name, after.topology.regions[0]!.name];
  const losses = was === is ? lossesBetween(before, after) : storesIn(before).map((store) => ({ ...store, because: null }));
  return [...new Set(losses.map(({ component }) => component))].flatMap((component) => {
    const own = losses.filter((loss) => loss.component === component);
    const name = now.has(component) ? component : names.get(component);
    if (name === undefined) return toGo(after.topology).has(component) ? [] : [removed(component, own)];
    if (written(after.topology, name).allowReplacement !== undefined) return [];
    return was === is ? replaced(name, own, after.topology) : [leftBehind(name, was, is)];
  });
}

/** Where no earlier version is known. */
export function unknownLosses(name: string, because: string): Diagnostic {
  const detail = `${because} Whether this version of ${name} replaces or destroys data is unknown. Look for "destroy" and "replaced" in the plan, or name the topology.json of what is deployed with --baseline.`;
  return warning('stack/earlier-unknown', 'What is deployed is not known', detail);
}

function lossesBetween(before: Version, after: Version): Loss[] {
  const [old, present] = [fromSynthesized(before.json), fromSynthesized(after.json)];
  const difference = differenceOf(old, present, after.json.moved);
  const removed = new Set(difference.removed);
  const changed = new Map(difference.changed.map((change) => [change.was ?? change.address, change]));
  return storesIn(before).flatMap(({ component, address, replacing }): Loss[] => {
    if (removed.has(address)) return [{ component, address, because: null }];
    const change = changed.get(address);
    if (!change) return [];
    const because = change.arguments.flatMap((argument) => {
      const rule = Object.hasOwn(replacing, argument) ? replacing[argument] : undefined;
      const values = [valueOf(old, address, argument), valueOf(present, change.address, argument)] as const;
      return rule && (rule.when?.(...values) ?? true) ? [{ ...rule, argument }] : [];
    });
    return because.length > 0 ? [{ component, address, because }] : [];
  });
}

const valueOf = (resources: Resources, address: string, argument: string) => resources.tryFind(address)?.arguments[argument];

function storesIn({ json, topology }: Version) {
  const kindOf = new Map(topology.components.map(({ kind, name }) => [name, kind]));
  return fromSynthesized(json).all.flatMap(({ address, name }: Resource) => {
    const [component = '', role = ''] = name.split('_');
    const stores = storesOf(kindOf.get(component));
    return stores && Object.hasOwn(stores, role) ? [{ component, address, replacing: stores[role]! }] : [];
  });
}

const storesOf = (kind: string | undefined) => kinds.find(({ name }) => name === kind)?.stores;

const written = ({ settings }: Topology, component: string) => (settings.components as Readonly<Record<string, Plain>>)[component]!;

/** Components that may go with what they hold. */
const toGo = ({ settings }: Topology): ReadonlySet<string> => new Set(Object.keys(settings.allowReplacement ?? {}));

const code = 'stack/data-loss';
const allow = (name: string) => `write \`allowReplacement: <reason>\` in ${name} once its data is safe or not needed`;
const list = (losses: readonly Loss[]) => losses.map(({ address }) => address).join(', ');

function replaced(name: string, losses: readonly Loss[], topology: Topology): Diagnostic[] {
  const gone = losses.filter(({ because }) => because === null);
  const anew = losses.filter(({ because }) => because !== null);
  const all = new Set(anew.flatMap(({ because }) => because!.map(({ setting }) => setting)));
  // What follows from a setting (a FIFO queue has another name) needs no word of its own.
  const settings = [...all].filter((setting) => setting !== null || all.size === 1);
  const at = (setting: string | null) => {
    const known = setting !== null && Object.hasOwn(written(topology, name), setting);
    return { path: ['components', name, ...(known ? [setting] : [])], atKey: !known, address: `component/${name}` };
  };
  return [
    ...settings.map((setting) => {
      const those = anew.filter(({ because }) => because!.some((it) => it.setting === setting));
      const names = new Set(those.flatMap(({ because }) => because!.filter((it) => it.setting === setting).map((it) => it.argument)));
      const detail = `Terraform would destroy ${list(those)} and make it anew, empty, since ${[...names].join(', ')} changes and AWS cannot change that in place. Take the change back, or ${allow(name)}.`;
      return error(code, 'Data would be lost', detail, at(setting));
    }),
    ...(gone.length === 0
      ? []
      : [
          error(
            code,
            'Data would be lost',
            `Terraform would destroy ${list(gone)} with what is in it: this version of ${name} has no such resource. Take the change back, or ${allow(name)}.`,
            at(null),
          ),
        ]),
  ];
}

function removed(component: string, losses: readonly Loss[]): Diagnostic {
  const detail = `${component} is not in the spec any more, and Terraform would destroy ${list(losses)} with what is in it. If it has another name now, write \`was: ${component}\` there. If it is to go, write \`allowReplacement: { ${component}: <reason> }\` at the top of the spec.`;
  return error(code, 'Data would be lost', detail, { path: ['components'], atKey: true, address: `component/${component}` });
}

function leftBehind(name: string, from: string, to: string): Diagnostic {
  const detail = `The topology has moved from ${from} to ${to}. Terraform would make ${name} there, empty, and forget the one that holds its data. Name this topology differently and move the data, or ${allow(name)}.`;
  return error(code, 'Data would be lost', detail, { path: ['components', name], atKey: true, address: `component/${name}` });
}
