import { parseArgs } from 'node:util';
import { didYouMean } from '../diagnostics/did-you-mean';
import { UsageError } from './command';

/** What an option takes: nothing, one value, or several. */
export type OptionType = 'flag' | 'value' | 'values';

export type Options<Types extends Readonly<Record<string, OptionType>>> = {
  readonly [Name in keyof Types]: Types[Name] extends 'flag'
    ? boolean
    : Types[Name] extends 'value'
      ? string | undefined
      : readonly string[];
};

/** An option or an argument, in the order of the command line. */
export interface Given {
  /** null: an argument. */
  readonly option: string | null;
  readonly value: string;
}

/** Options and arguments of a command line; an unknown option is an error, never ignored. */
export function parseOptions<Types extends Readonly<Record<string, OptionType>>>(
  args: readonly string[],
  types: Types,
): { options: Options<Types>; positionals: string[]; given: readonly Given[] } {
  const options = Object.fromEntries(
    Object.entries(types).map(([name, type]) => [
      name,
      { type: type === 'flag' ? ('boolean' as const) : ('string' as const), multiple: type === 'values' },
    ]),
  );
  try {
    const { values, positionals, tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true });
    const complete = Object.fromEntries(
      Object.entries(types).map(([name, type]) => [name, values[name] ?? (type === 'flag' ? false : type === 'values' ? [] : undefined)]),
    );
    const given = tokens.flatMap((token): Given[] =>
      token.kind === 'positional'
        ? [{ option: null, value: token.value }]
        : token.kind === 'option'
          ? [{ option: token.name, value: token.value ?? '' }]
          : [],
    );
    return { options: complete as Options<Types>, positionals, given };
  } catch (cause) {
    throw new UsageError(explain(cause, args, Object.keys(types)));
  }
}

function explain(cause: unknown, args: readonly string[], known: readonly string[]): string {
  const code = (cause as { code?: string }).code;
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const given =
      args.find((arg) => arg.startsWith('-') && arg !== '-' && !known.includes(arg.replace(/^--?/, '').split('=')[0]!)) ?? 'option';
    const name = given.replace(/^--?/, '').split('=')[0]!;
    const meant = didYouMean(name, known);
    return `there is no option ${given.split('=')[0]}.${meant ? ` Did you mean --${meant}?` : ''}`;
  }
  return (cause as Error).message.split('. ')[0]!;
}

/** A whole number in a range, from an option. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= most))
    throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, got ${JSON.stringify(text)}.`);
  return value;
}
