import { isArguments } from './arguments';
import { Resources, type Arguments, type Resource } from './resources';

/** What is no output of `terraform show -json`, or of a version that is not known. */
export class UnreadableTerraform extends Error {
  override readonly name = 'UnreadableTerraform';
}

/**
 * Resources of a plan, `terraform show -json PLAN`, as they will be. What is known only after apply is the text of its expression, so that references
 * can be followed as in synthesized JSON. Modules are not looked into: a topology is a root module.
 */
export function fromPlan(json: unknown): Resources {
  const plan = formatted(
    json,
    'planned_values',
    'of a plan: make one by `terraform plan -out=FILE`, and show it by `terraform show -json FILE`',
  );
  const expressions = new Map(
    resourcesIn(plan.configuration).map(({ address, expressions: own }) => [String(address), isArguments(own) ? own : {}]),
  );
  const unknown = new Map(
    objectsIn(plan.resource_changes).map(({ address, change }) => [String(address), isArguments(change) ? change.after_unknown : {}]),
  );
  return new Resources(
    resourcesIn(plan.planned_values).flatMap((resource) => {
      const address = String(resource.address);
      const values = filled(resource.values, unknown.get(address), expressions.get(address));
      return resourceOf(resource, isArguments(values) ? values : {});
    }),
  );
}

/** Resources of a state, `terraform show -json`, as they were last seen. Terraform's own `*.tfstate` files are another format. */
export function fromState(json: unknown): Resources {
  // Nothing deployed: there are no values at all.
  if (isArguments(json) && typeof json.format_version === 'string' && json.values === undefined && json.planned_values === undefined)
    return new Resources([]);
  const state = formatted(json, 'values', 'of a state: `terraform show -json`');
  return new Resources(
    resourcesIn(state.values).flatMap((resource) => resourceOf(resource, isArguments(resource.values) ? resource.values : {})),
  );
}

function formatted(json: unknown, key: string, what: string): Arguments {
  if (!isArguments(json) || !isArguments(json[key])) throw new UnreadableTerraform(`It is not the JSON ${what}.`);
  const version = json.format_version;
  if (typeof version !== 'string' || !version.startsWith('1.'))
    throw new UnreadableTerraform(`Its format is ${JSON.stringify(version)}, and this version of nines reads format 1.`);
  return json;
}

function resourcesIn(values: unknown): readonly Arguments[] {
  const root = isArguments(values) ? values.root_module : undefined;
  return isArguments(root) ? objectsIn(root.resources) : [];
}

const objectsIn = (list: unknown): readonly Arguments[] => (Array.isArray(list) ? list.filter(isArguments) : []);

function resourceOf({ address, mode, name, type }: Arguments, values: Arguments): Resource[] {
  // A data source is nothing that we have made.
  if (mode !== 'managed' || typeof address !== 'string' || typeof type !== 'string' || typeof name !== 'string') return [];
  const { tags: _tags, tags_all: _all, ...args } = withoutNull(values) as Record<string, unknown>;
  return [{ address, type, name, arguments: args }];
}

/** An argument that is null is one that is not given. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (!isArguments(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([key, part]) => [key, withoutNull(part)]),
  );
}

/** A planned value with what is not known yet taken from the expression that will give it. */
function filled(value: unknown, unknown: unknown, expression: unknown): unknown {
  if (unknown === true) return textOf(expression);
  if (Array.isArray(unknown)) {
    const known: unknown[] = Array.isArray(value) ? value : [];
    return unknown.map((part, i) => filled(known[i], part, partOf(expression, i)));
  }
  if (!isArguments(unknown)) return value;
  const known = isArguments(value) ? value : {};
  const keys = new Set([...Object.keys(known), ...Object.keys(unknown)]);
  return Object.fromEntries([...keys].map((key) => [key, filled(known[key], unknown[key], partOf(expression, key))]));
}

/** The expression of a part of a block, or of a part of a list or an object that is written as one expression. */
function partOf(expression: unknown, key: string | number): unknown {
  if (Array.isArray(expression)) return typeof key === 'number' ? (expression as unknown[])[key] : undefined;
  if (!isArguments(expression)) return undefined;
  if (!('constant_value' in expression)) return expression[key];
  const whole = expression.constant_value as Readonly<Record<string | number, unknown>> | readonly unknown[] | null;
  if (typeof whole !== 'object' || whole === null) return undefined;
  return { constant_value: (whole as Readonly<Record<string | number, unknown>>)[key] };
}

/** JSON keeps the text of an expression beside its references; of HCL there are the references alone. */
function textOf(expression: unknown): unknown {
  if (!isArguments(expression)) return undefined;
  if ('constant_value' in expression) return expression.constant_value;
  const references = Array.isArray(expression.references) ? expression.references.filter((it) => typeof it === 'string') : [];
  const whole = references.filter((it) => !references.some((other) => other.startsWith(`${it}.`) || other.startsWith(`${it}[`)));
  const texts = whole.map((it) => `\${${it}}`);
  return texts.length > 1 ? texts : texts[0];
}
