import type { Arguments } from './resources';

/** A nested block: an object where Terraform's JSON is written, a list of one where Terraform has read it. undefined: there is none. */
export function tryFindBlock(args: Arguments | undefined, name: string): Arguments | undefined {
  const value = args?.[name];
  const block: unknown = Array.isArray(value) ? value[0] : value;
  return isArguments(block) ? block : undefined;
}

/** The values of an argument that takes a list or set; one value alone where only its reference is known. */
export function listIn(args: Arguments | undefined, name: string): readonly unknown[] {
  const value = args?.[name];
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

/** Whether a value is a block of arguments. */
export function isArguments(value: unknown): value is Arguments {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
