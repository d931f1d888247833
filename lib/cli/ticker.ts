import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { slot, type Progress } from './progress';

/** A line on the terminal while a command computes. */
export interface Ticker extends Progress {
  /** Writes something else: the line is taken away before, and comes back after. */
  aside(write: () => void): void;
  /** Takes the line away for good. */
  stop(): void;
}

export interface TickerStart {
  readonly memory: SharedArrayBuffer;
  readonly name: string;
}

/** Back to the start of the line, and the rest of it empty. */
export const clearLine = '\r\u001B[K';

/** Draws from a thread of its own, since the one that computes has no time for it. */
export function startTicker(name: string, write: (text: string) => void): Ticker {
  const memory = new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT);
  const state = new Int32Array(memory);
  const thread = start({ memory, name });
  // Whoever has finished does not wait for the clock.
  thread.unref();
  const lock = (): void => {
    while (Atomics.compareExchange(state, slot.lock, 0, 1) !== 0) Atomics.wait(state, slot.lock, 1, 10);
    if (Atomics.exchange(state, slot.drawn, 0) === 1) write(clearLine);
  };
  let stopped = false;
  return {
    begin: (total) => {
      Atomics.store(state, slot.done, 0);
      Atomics.store(state, slot.total, total);
    },
    step: () => void Atomics.add(state, slot.done, 1),
    aside: (other) => {
      if (stopped) return other();
      lock();
      other();
      Atomics.store(state, slot.lock, 0);
    },
    stop: () => {
      // The lock is kept: nothing is drawn after it.
      if (stopped) return;
      lock();
      stopped = true;
      void thread.terminate();
    },
  };
}

function start(workerData: TickerStart): Worker {
  // From the sources a worker needs the hook that reads TypeScript.
  if (__filename.endsWith('.ts'))
    return new Worker(join(__dirname, '../../scripts/run.cjs'), { argv: [join(__dirname, 'ticker-thread.ts')], workerData });
  return new Worker(join(__dirname, 'ticker-thread.js'), { workerData });
}
