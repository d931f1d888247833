import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { estimate, type Estimate, type EstimateOptions } from '../estimate/estimate';
import type { Topology } from '../topology/topology';
import type { Io } from './command';
import { writeWhole } from './formats';
import { unwatched } from './progress';
import { tool } from './tool';
import { inWorkers } from './workers';

/** Fewer are done before a thread has started. */
const fewestForThreads = 4;

export interface EstimateAllOptions extends EstimateOptions {
  /** Folder for estimates that need not be made again. @default - none are kept */
  readonly cache?: string | undefined;
}

/** Estimates topologies on all cores, in their order; what the cache has is not computed again. */
export async function estimateAll(topologies: readonly Topology[], { cache, ...options }: EstimateAllOptions, io: Io): Promise<Estimate[]> {
  const folder = cache === undefined ? undefined : resolve(io.cwd, cache);
  const program = folder === undefined ? '' : JSON.stringify([tool(), process.versions.v8, options]);
  const entries = topologies.map((topology) => {
    const path = folder === undefined ? undefined : join(folder, `${keyOf(program, topology)}.estimate`);
    return { topology, path, kept: path === undefined ? undefined : read(path) };
  });
  const missing = entries.filter(({ kept }) => kept === undefined);
  const made = await compute(
    missing.map(({ topology }) => topology),
    options,
    io,
  );
  missing.forEach(({ path }, i) => {
    if (path !== undefined) write(path, made[i]!);
  });
  let next = 0;
  return entries.map(({ kept, topology }) => ({ ...(kept ?? made[next++]!), topology }));
}

async function compute(topologies: readonly Topology[], options: EstimateOptions, { progress = unwatched }: Io): Promise<Kept[]> {
  if (topologies.length >= fewestForThreads)
    return inWorkers<Kept>('estimate', options, topologies.length, { inputs: topologies, progress });
  progress.begin(topologies.length > 1 ? topologies.length : 0);
  return topologies.map((topology) => {
    const kept = withoutTopology(topology, options);
    progress.step();
    return kept;
  });
}

/** An estimate without what it was made from, which whoever wants it has. */
export type Kept = Omit<Estimate, 'topology'>;

/** What a worker answers. */
export function withoutTopology(topology: Topology, options: EstimateOptions = {}): Kept {
  const { topology: _, ...kept } = estimate(topology, options);
  return kept;
}

/** By all that an estimate follows from: the topology with every figure in it, and the program. Its entries are read by the same version of node alone. */
function keyOf(program: string, topology: Topology): string {
  return createHash('sha256').update(program).update(JSON.stringify(topology)).digest('hex');
}

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const digestBytes = 32;

/** Written whole or not at all, so that several may write at once: they write the same. */
function write(path: string, kept: Kept): void {
  const bytes = serialize(kept);
  writeWhole(path, Buffer.concat([digestOf(bytes), bytes]));
}

/** undefined: there is none, or it is damaged and will be made again. */
function read(path: string): Kept | undefined {
  let whole: Buffer;
  try {
    whole = readFileSync(path);
  } catch {
    return undefined;
  }
  const bytes = whole.subarray(digestBytes);
  return digestOf(bytes).equals(whole.subarray(0, digestBytes)) ? (deserialize(bytes) as Kept) : undefined;
}
