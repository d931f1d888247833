import { dump } from 'js-yaml';
import { Random } from '../../lib/engine/random';
import { diagnosticsText } from '../../lib/report/diagnostics-text';
import { loadSpec, readTopologyFile, type Loaded } from '../../lib/spec/load';
import { randomSpec } from '../random-specs/random-spec';
import { mutateBytes, mutateSettings } from './mutate';

export interface Fuzzed {
  readonly runs: number;
  readonly accepted: number;
  /** Codes of diagnostics that came up, with how often. */
  readonly codes: ReadonlyMap<string, number>;
  readonly failures: readonly string[];
  readonly slowestMilliseconds: number;
}

/** A spec of a few kilobytes takes milliseconds; what takes this long hangs. */
const longestMilliseconds = 5000;

const hidden = new RegExp(String.raw`[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]`);

/** Loads mutated specs, of which each is either a topology or told what is wrong with it; says which were neither. */
export function fuzz(count: number, seed: number): Fuzzed {
  const codes = new Map<string, number>();
  const failures: string[] = [];
  let accepted = 0;
  let slowest = 0;
  for (let run = 0; run < count; run++) {
    const random = new Random(seed).split(run);
    const { content, load } = inputOf(random, run);
    const began = performance.now();
    try {
      const loaded = load(content, 'fuzz.yaml');
      for (const { code } of loaded.diagnostics) codes.set(code, (codes.get(code) ?? 0) + 1);
      if (loaded.topology) accepted++;
      failures.push(...wrongWith(loaded).map((what) => `seed ${seed}, run ${run}: ${what}`));
    } catch (cause) {
      failures.push(`seed ${seed}, run ${run}: ${(cause as Error).stack ?? String(cause)}`);
    }
    const took = performance.now() - began;
    slowest = Math.max(slowest, took);
    if (took > longestMilliseconds) failures.push(`seed ${seed}, run ${run}: took ${Math.round(took)} ms`);
  }
  return { runs: count, accepted, codes, failures, slowestMilliseconds: slowest };
}

interface FuzzInput {
  readonly content: string | Uint8Array;
  readonly load: (content: string | Uint8Array, file: string) => Loaded;
}

function inputOf(random: Random, run: number): FuzzInput {
  const spec = randomSpec(random.integer(1000));
  switch (run % 4) {
    case 0:
      return { content: JSON.stringify(mutateSettings(random, spec)), load: loadSpec };
    case 1:
      return { content: mutateBytes(random, dump(spec)), load: loadSpec };
    case 2:
      return { content: mutateBytes(random, JSON.stringify(spec, null, 1)), load: loadSpec };
    default:
      return { content: JSON.stringify({ version: 1, nines: '0', settings: mutateSettings(random, spec) }), load: readTopologyFile };
  }
}

/** What an answer may never be: neither a topology nor a mistake, a mistake without its place, a text that hides something. */
function wrongWith({ topology, diagnostics, text }: Loaded): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const told = diagnosticsText(diagnostics, { texts: new Map([['fuzz.yaml', text]]) });
  return [
    ...(topology === null && errors.length === 0 ? ['no topology, and nothing is said to be wrong'] : []),
    ...(topology !== null && errors.length > 0 ? ['a topology in spite of errors'] : []),
    ...(topology !== null && topology.notModelled.length === 0 ? ['nothing is said to be left out'] : []),
    ...diagnostics.filter(({ range }) => !range).map(({ code }) => `${code} has no place`),
    ...diagnostics
      .filter(
        ({ detail, summary }) => /undefined|\[object|NaN|function/.test(detail + summary) && !/"[^"]*(undefined|NaN|function)/.test(detail),
      )
      .map(({ code, detail }) => `${code} says: ${detail}`),
    ...(hidden.test(told) ? ['a control character gets through'] : []),
  ];
}
