/** A mistake that somebody might make, planted in the sources, and the one test that must notice it. */
export interface Fault {
  /** In words, what is wrong. */
  readonly name: string;
  /** The source, from the top of the package. */
  readonly file: string;
  /** Occurs exactly once in the source. */
  readonly anchor: string;
  readonly replacement: string;
  readonly test: {
    readonly file: string;
    /** A regular expression that the test's full name matches. */
    readonly name: string;
  };
}
