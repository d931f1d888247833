const start = Date.now();

/** Says how far the run is, past the test runner, which holds back what tests say. */
export function progress(text: string): void {
  process.stderr.write(`[${String(Math.round((Date.now() - start) / 1000)).padStart(4)} s] ${text}\n`);
}
