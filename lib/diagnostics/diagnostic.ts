/** A place in a text; line and column count from 1, offset from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface SourceRange {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** Where in the plain settings something was said: keys and indices from the top. */
export type SettingPath = readonly (string | number)[];

/**
 * What we tell the user about the input. The summary carries no user text, so that it can be recognised and grouped; the detail says what exactly,
 * why it is a problem, and the way out.
 */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** `folder/what`, such as `spec/unknown-kind`. */
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  /** The setting that it is about; the spec's reader turns it into a range. */
  readonly path?: SettingPath;
  /** Point at the key of the setting and not at its value. */
  readonly atKey?: boolean;
  readonly address?: string;
  readonly range?: SourceRange;
}

type Where = Partial<Pick<Diagnostic, 'path' | 'atKey' | 'address' | 'range'>>;

/** An error diagnostic. */
export function error(code: string, summary: string, detail: string, where: Where = {}): Diagnostic {
  return { severity: 'error', code, summary, detail, ...where };
}

/** A warning diagnostic. */
export function warning(code: string, summary: string, detail: string, where: Where = {}): Diagnostic {
  return { severity: 'warning', code, summary, detail, ...where };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** Thrown where a caller cannot be handed diagnostics: constructs that are made in TypeScript. */
export class DiagnosticsError extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => `${d.summary} [${d.code}]${d.path?.length ? ` at ${d.path.join('.')}` : ''}: ${d.detail}`).join('\n'));
    this.name = 'DiagnosticsError';
  }
}
