import type { PlainValue } from '../topology/plain';

/** Something that is not as the model counts on. */
export interface Difference {
  /** `component/web`, `zone/us-east-1/us-east-1a`, `network/us-east-1/nat/us-east-1a`. */
  readonly address: string;
  /** null: the whole of it. */
  readonly setting: string | null;
  /** The resource that shows it; null: several together. */
  readonly resource: string | null;
  /** What the model counts on; null: that it is not there, or is not set. */
  readonly counts: PlainValue | null;
  /** What is there; null: nothing. */
  readonly found: PlainValue | null;
  /** Where a spec would say what is there, so that its effect can be estimated; null: no setting says it. */
  readonly path: readonly string[] | null;
}

/** One value in one form: sets in one order, numbers and booleans as Terraform may have written them. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return value === undefined || value === null ? '' : String(value);
  const entries = Object.entries(value).map(([key, part]) => `${key}:${textOf(part)}`);
  return `{${entries.sort().join()}}`;
}

/** A value as it stands in a document. */
export function plainOf(value: unknown): PlainValue | null {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as PlainValue);
}
