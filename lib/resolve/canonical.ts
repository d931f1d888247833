import type { JsonSchema, Kind } from '../topology/kind';
import type { Plain, PlainValue } from '../topology/plain';
import { entriesOf, isObject } from './readable';
import { sharedKeys } from './spec';

const topOrder = [
  'version',
  'name',
  'labels',
  'account',
  'assumeRole',
  'namePrefix',
  'tags',
  'provider',
  'backend',
  'regions',
  'components',
  'flows',
  'assumptions',
  'allowReplacement',
];
const regionOrder = ['zones', 'cidr', 'nat'];
const flowOrder = ['requires', 'atomic', 'target', 'labels'];

/**
 * The same settings in the one form that we write: settings in the order of the schema, names in the order of the spec, nothing that is `undefined`.
 * So a spec and the same topology made in TypeScript come out as the same text.
 */
export function canonical(settings: Plain, kinds: readonly Kind[]): Plain {
  const top = Object.fromEntries(entriesOf(settings));
  const each = (value: PlainValue | undefined, form: (entry: PlainValue) => PlainValue) =>
    Object.fromEntries(entriesOf(value).map(([name, entry]) => [name, form(entry)]));
  return inOrder(
    {
      ...top,
      ...(top.regions === undefined ? {} : { regions: each(top.regions, (region) => nested(region, regionOrder)) }),
      ...(top.components === undefined ? {} : { components: each(top.components, (component) => ofComponent(component, kinds)) }),
      ...(top.flows === undefined ? {} : { flows: each(top.flows, (flow) => nested(flow, flowOrder)) }),
      ...Object.fromEntries(
        ['labels', 'tags', 'provider', 'backend', 'assumptions', 'allowReplacement'].flatMap((key) =>
          top[key] === undefined ? [] : [[key, nested(top[key])]],
        ),
      ),
    },
    topOrder,
  );
}

function ofComponent(component: PlainValue, kinds: readonly Kind[]): PlainValue {
  if (!isObject(component)) return component;
  const properties = kinds.find(({ name }) => name === component.kind)?.schema.properties ?? {};
  const settings = entriesOf(component).map(([key, value]): [string, PlainValue] => {
    if (key === 'dependsOn' && Array.isArray(value)) return [key, value.map(ofDependency)];
    return [key, bySchema(value, Object.hasOwn(properties, key) ? properties[key] : undefined)];
  });
  return inOrder(Object.fromEntries(settings), ['kind', ...Object.keys(properties), ...sharedKeys]);
}

function ofDependency(value: PlainValue): PlainValue {
  return isObject(value) && (value.without ?? 'down') === 'down' && value.on !== undefined ? value.on : nested(value, ['on', 'without']);
}

function bySchema(value: PlainValue, schema: JsonSchema | undefined): PlainValue {
  const properties = (schema?.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  if (Array.isArray(value)) return value.map((item) => bySchema(item as PlainValue, schema?.items as JsonSchema | undefined));
  if (!isObject(value)) return value;
  const settings = entriesOf(value).map(
    ([key, entry]) => [key, bySchema(entry, Object.hasOwn(properties, key) ? properties[key] : undefined)] as const,
  );
  return inOrder(Object.fromEntries(settings), Object.keys(properties));
}

function nested(value: PlainValue, order: readonly string[] = []): PlainValue {
  if (Array.isArray(value)) return value.map((item) => nested(item as PlainValue));
  return isObject(value) ? inOrder(Object.fromEntries(entriesOf(value).map(([key, entry]) => [key, nested(entry)])), order) : value;
}

/** Known keys first, in their order; the others by name. */
function inOrder(object: Plain, order: readonly string[]): Plain {
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const keys = Object.keys(object).sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, object[key]!]));
}
