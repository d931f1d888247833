import { parentPort, workerData } from 'node:worker_threads';
import { jobs } from './jobs';
import type { Asked, Start, Told } from './workers';

/** A worker thread: answers each number of a chunk with the chunk's result. */
async function main(): Promise<void> {
  const { job, shared } = workerData as Start;
  // Asked for at once, so that no message is lost while the job's code is being loaded.
  const compute = jobs[job](shared);
  parentPort!.on(
    'message',
    ({ chunk, input }: Asked) => void compute.then((of) => parentPort!.postMessage({ chunk, result: of(chunk, input) } satisfies Told)),
  );
  await compute;
}

void main();
