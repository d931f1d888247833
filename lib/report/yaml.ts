import { visible } from './visible';

/** What can be written as YAML; a number by its decimal text, so that no digit is lost. */
export type Yaml = string | boolean | Decimal | readonly Yaml[] | { readonly [key: string]: Yaml };

export interface Decimal {
  readonly decimal: string;
}

/** A list or an object as YAML lines. Keys are ours; texts are JSON, which is YAML that nothing can break out of. */
export function yamlLines(value: readonly Yaml[] | { readonly [key: string]: Yaml }, indent = ''): string[] {
  if (isList(value)) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = isScalar(item) ? [scalar(item)] : yamlLines(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, item]) =>
    isScalar(item) ? [`${indent}${key}: ${scalar(item)}`] : [`${indent}${key}:`, ...yamlLines(item, `${indent}  `)],
  );
}

const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value);

function isScalar(value: Yaml): value is string | boolean | Decimal {
  return typeof value !== 'object' || 'decimal' in value;
}

function scalar(value: string | boolean | Decimal): string {
  return typeof value === 'string' ? JSON.stringify(visible(value)) : typeof value === 'boolean' ? String(value) : value.decimal;
}
