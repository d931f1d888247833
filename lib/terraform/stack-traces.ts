/**
 * Runs `make` while cdktf takes no stack trace for each token. Full-depth traces are nine tenths of what it costs to make constructs, and
 * nothing that is written shows them. Only for synchronous work: the function that takes traces is global.
 */
export function withoutStackTraces<T>(make: () => T): T {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = () => {};
  try {
    return make();
  } finally {
    Error.captureStackTrace = capture;
  }
}
