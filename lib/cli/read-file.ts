import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { UsageError } from './command';

/** No spec, fault tree, plan or state comes near; without an end, a device would fill the memory. */
export const mostBytes = 256 * 1024 * 1024;

/** The bytes of a file, a pipe or a device. Of what has more than `most` it is not all that is read, but more than `most`. */
export function readBytes(path: string, most: number = mostBytes): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const stat = fstatSync(descriptor);
    if (stat.isFile() && stat.size > 0 && stat.size <= most) return readFileSync(descriptor);
    return readUntil(descriptor, most);
  } finally {
    closeSync(descriptor);
  }
}

function readUntil(descriptor: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; total <= most;) {
    const chunk = Buffer.alloc(Math.min(64 * 1024, most + 1 - total));
    const got = readSync(descriptor, chunk);
    if (got === 0) break;
    chunks.push(chunk.subarray(0, got));
    total += got;
  }
  return Buffer.concat(chunks);
}

/** The text of a file that a person named; why it cannot be read is told with that name. */
export function readText(path: string, named: string, most: number = mostBytes): string {
  let bytes: Buffer;
  try {
    bytes = readBytes(path, most);
  } catch (cause) {
    throw new UsageError(`could not read ${named}: ${whyNot(cause)}.`);
  }
  if (bytes.length > most) throw new UsageError(`${named} is larger than ${most} bytes. Is it another file?`);
  return bytes.toString('utf8');
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'reading it is not allowed',
  EPERM: 'it is not allowed',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'its name is too long',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left',
  EEXIST: 'there is a file of that name',
};

/** What the operating system says, in words. */
export function whyNot(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? message;
}
