import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { estimate, type Estimate, type EstimateOptions } from '../estimate/estimate';
import { readAgain, type Loaded } from '../spec/load';
import type { LoadedOrganization } from '../spec/policy';
import type { Topology, UsedAssumption } from '../topology/topology';
import { openCache } from './cache';
import type { Io } from './command';
import type { Input } from './inputs';
import { loadInput } from './load';
import { unwatched } from './progress';
import { tool } from './tool';
import { inWorkers } from './workers';

/** Fewer are done before a thread has started. */
const fewestForThreads = 4;

export interface AnswersOptions extends EstimateOptions {
  /** Folder for what need not be computed again. @default - nothing is kept */
  readonly cache?: string | undefined;
}

/** What is asked about a spec: all that the answer follows from, beside the options. */
export interface Question {
  readonly input: Input;
  readonly organization: readonly UsedAssumption[];
}

/** What a worker answers: plain data. */
export interface Answer {
  readonly topology: Topology | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Without the topology, which stands beside it; null: the spec is wrong. */
  readonly estimate: Omit<Estimate, 'topology'> | null;
}

/** Specs as loaded, in the order of the inputs, and the estimates of those that are right. */
export interface Answers {
  readonly loaded: readonly Loaded[];
  estimateOf(topology: Topology): Estimate;
}

/** Loads and estimates specs on all cores; what the cache has is not computed again. A spec whose `nines.yaml` is broken is not estimated. */
export async function answersOf(
  inputs: readonly Input[],
  organizationOf: (file: string) => LoadedOrganization | null,
  { cache, ...options }: AnswersOptions,
  io: Io,
): Promise<Answers> {
  const kept = cache === undefined ? undefined : openCache<Answer>(resolve(io.cwd, cache), 'estimate');
  const program = kept ? JSON.stringify([tool(), process.versions.v8, options]) : '';
  const entries = inputs.map((input) => {
    const shared = organizationOf(input.file);
    const question: Question = { input, organization: shared?.organization?.assumptions ?? [] };
    const key = kept ? keyOf(program, question) : '';
    return { question, key, usable: shared === null || shared.organization !== null, found: kept?.read(key) };
  });
  const missing = entries.filter(({ found, usable }) => usable && !found);
  const made = await compute(
    missing.map(({ question }) => question),
    options,
    io,
  );
  missing.forEach(({ key }, i) => {
    const { answer } = made[i]!;
    if (answer.estimate) kept?.write(key, answer);
  });
  let next = 0;
  const all = entries.map(({ found, question, usable }): Made => {
    if (found) return { answer: found, question };
    if (usable) return made[next++]!;
    const loaded = loadInput(question.input, question.organization);
    return { answer: { ...loaded, estimate: null }, question, loaded };
  });
  const estimates = new Map(all.flatMap(({ answer: { estimate: one, topology } }) => (one && topology ? [[topology, one] as const] : [])));
  return {
    loaded: all.map(({ answer, loaded, question: { input } }) => loaded ?? readAgain(answer, input.bytes, input.file)),
    estimateOf: (topology) => ({ ...estimates.get(topology)!, topology }),
  };
}

interface Made {
  readonly answer: Answer;
  readonly question: Question;
  /** @default - it was loaded elsewhere */
  readonly loaded?: Loaded;
}

async function compute(questions: readonly Question[], options: EstimateOptions, { progress = unwatched }: Io): Promise<Made[]> {
  if (questions.length >= fewestForThreads) {
    const answers = await inWorkers<Answer>('answer', options, questions.length, { inputs: questions, progress });
    return answers.map((answer, i) => ({ answer, question: questions[i]! }));
  }
  progress.begin(questions.length > 1 ? questions.length : 0);
  return questions.map((question) => {
    const loaded = loadInput(question.input, question.organization);
    const made = { answer: answerOf(loaded, options), question, loaded };
    progress.step();
    return made;
  });
}

/** Loads a spec and estimates it. */
export function answerTo({ input, organization }: Question, options: EstimateOptions): Answer {
  return answerOf(loadInput(input, organization), options);
}

function answerOf({ diagnostics, topology }: Loaded, options: EstimateOptions): Answer {
  if (!topology || hasErrors(diagnostics)) return { topology, diagnostics, estimate: null };
  const { topology: _, ...numbers } = estimate(topology, options);
  return { topology, diagnostics, estimate: numbers };
}

/** By all that an answer follows from: the text with every figure that is not in it, and the program. */
function keyOf(program: string, { input: { bytes, form }, organization }: Question): string {
  return createHash('sha256')
    .update(JSON.stringify([program, form, organization]))
    .update(bytes)
    .digest('hex');
}
