import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { writeWhole } from './formats';

/** A folder of what need not be computed again, by all that it follows from. Entries are read by the same version of node alone. */
export interface Cache<Value> {
  /** undefined: there is none, or it is damaged and will be made again. */
  read(key: string): Value | undefined;
  /** Whole or not at all, so that several may write at once: they write the same. */
  write(key: string, value: Value): void;
}

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const digestBytes = 32;

/** The entries of a folder that end so. */
export function openCache<Value>(folder: string, ending: string): Cache<Value> {
  const pathOf = (key: string) => join(folder, `${key}.${ending}`);
  return {
    read: (key) => {
      let whole: Buffer;
      try {
        whole = readFileSync(pathOf(key));
      } catch {
        return undefined;
      }
      const bytes = whole.subarray(digestBytes);
      return digestOf(bytes).equals(whole.subarray(0, digestBytes)) ? (deserialize(bytes) as Value) : undefined;
    },
    write: (key, value) => {
      const bytes = serialize(value);
      writeWhole(pathOf(key), Buffer.concat([digestOf(bytes), bytes]));
    },
  };
}
