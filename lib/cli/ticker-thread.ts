import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { lineOf, slot } from './progress';
import { clearLine, type TickerStart } from './ticker';

/** What is over sooner is not worth a line. */
const quietMilliseconds = 1000;
const betweenLines = 200;

/** Draws the line again and again, unless the other thread writes. */
function main(): void {
  const { memory, name } = workerData as TickerStart;
  const state = new Int32Array(memory);
  const draw = (): void => {
    if (Atomics.compareExchange(state, slot.lock, 0, 1) !== 0) return;
    const seconds = Math.floor(performance.now() / 1000);
    writeSync(2, `${clearLine}${lineOf(name, Atomics.load(state, slot.done), Atomics.load(state, slot.total), seconds)}`);
    Atomics.store(state, slot.drawn, 1);
    Atomics.store(state, slot.lock, 0);
    Atomics.notify(state, slot.lock);
  };
  setTimeout(() => setInterval(draw, betweenLines), quietMilliseconds);
}

main();
