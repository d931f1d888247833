/** Counts what a command has done of something that takes long; whoever watches may draw it. */
export interface Progress {
  /** So many are to come. */
  begin(total: number): void;
  /** One of them is done. */
  step(): void;
}

/** Where nobody watches. */
export const unwatched: Progress = { begin: () => {}, step: () => {} };

/** Places in the memory that the thread which counts shares with the one that draws. */
export const slot = { done: 0, total: 1, lock: 2, drawn: 3 } as const;

/**
 * The line that a person at a terminal sees.
 * @example lineOf('nines check', 12, 400, 7) // => 'nines check: 12 of 400, 7 s'
 */
export function lineOf(name: string, done: number, total: number, seconds: number): string {
  return `${name}: ${total > 0 ? `${done} of ${total}, ` : ''}${seconds} s`;
}
