import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Progress } from './progress';

/** The parts of a process that a command may touch; tests hand in their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Told how far a long command is. @default - nobody watches */
  readonly progress?: Progress;
  /** Hears what is told about the input. @default - nobody */
  readonly heard?: (diagnostics: readonly Diagnostic[]) => void;
  /** All of standard input. */
  readStdin(): Promise<string>;
}

export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
}

export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  /** Usage, options, examples. */
  readonly help: string;
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}

/** 0 answered and good, 1 answered and bad, 2 could not answer. */
export type ExitCode = 0 | 1 | 2;

/** A wrong call of a command; printed as a sentence with the way to its help, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Colour where a person looks: on a terminal, unless NO_COLOR is set; FORCE_COLOR is the opposite. https://no-color.org: any non-empty value. */
export function wantsColour(io: Io, output: Output): boolean {
  if (io.env.NO_COLOR) return false;
  if (io.env.FORCE_COLOR && io.env.FORCE_COLOR !== '0') return true;
  return output.isTTY;
}
