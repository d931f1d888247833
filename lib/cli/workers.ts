import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { unwatched, type Progress } from './progress';

/** What workers can compute. */
export type Job = 'tree' | 'topology' | 'answer' | 'compare';

/** What a worker is told when it starts; after that it gets numbers of chunks and answers each. */
export interface Start {
  readonly job: Job;
  readonly shared: unknown;
}

export interface WorkersOptions {
  /** @default - one for each processor */
  readonly workers?: number | undefined;
  /** What each chunk alone needs, sent with it. @default - nothing */
  readonly inputs?: readonly unknown[];
  /** @default - nobody watches */
  readonly progress?: Progress | undefined;
}

/** What a worker is asked. */
export interface Asked {
  readonly chunk: number;
  readonly input: unknown;
}

/** What a worker answers. */
export interface Told {
  readonly chunk: number;
  readonly result: unknown;
}

/** As many workers as the machine runs at once. */
export function defaultWorkers(): number {
  return Math.max(1, availableParallelism());
}

/**
 * Computes chunks 0 … chunks − 1 of a job in worker threads; the results in the order of the chunks, so that they do not depend on how many workers
 * there were. `shared` is copied to each worker once.
 */
export async function inWorkers<Result>(
  job: Job,
  shared: unknown,
  chunks: number,
  { inputs, progress = unwatched, workers = defaultWorkers() }: WorkersOptions = {},
): Promise<Result[]> {
  progress.begin(chunks);
  const results: Result[] = [];
  let next = 0;
  const threads: Worker[] = [];
  const senders: (() => void)[] = [];
  try {
    const finished = Array.from({ length: Math.min(workers, chunks) }, () => {
      const thread = start({ job, shared });
      threads.push(thread);
      return new Promise<void>((done, fail) => {
        let waiting = 0;
        const send = () => {
          if (next >= chunks) return;
          waiting += 1;
          const chunk = next++;
          thread.postMessage({ chunk, input: inputs?.[chunk] } satisfies Asked);
        };
        thread.on('error', fail);
        thread.on('exit', (code) => (code === 0 ? done() : fail(new Error(`a worker ended with code ${code}`))));
        thread.on('message', ({ chunk, result }: Told) => {
          results[chunk] = result as Result;
          waiting -= 1;
          progress.step();
          send();
          if (waiting === 0) done();
        });
        senders.push(send);
      });
    });
    for (const send of senders) send();
    // One more than each works at, so that it never waits for an input.
    if (inputs) for (const send of senders) send();
    await Promise.all(finished);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  return results;
}

function start(data: Start): Worker {
  // From the sources (tests, benchmarks) a worker needs the hook that reads TypeScript.
  if (__filename.endsWith('.ts'))
    return new Worker(join(__dirname, '../../scripts/run.cjs'), { argv: [join(__dirname, 'worker.ts')], workerData: data });
  return new Worker(join(__dirname, 'worker.js'), { workerData: data });
}
