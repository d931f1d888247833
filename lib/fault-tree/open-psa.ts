import { error, hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Formula, Ref } from '../engine/formula';
import type { Uncertain } from '../engine/sampling';
import { Definitions } from './open-psa-definitions';
import { Gates } from './open-psa-formula';
import { OpenPsaSource, rangeOf } from './open-psa-source';
import { XmlTree } from './xml';

/** A fault tree as the engine takes it. */
export interface OpenPsaModel {
  readonly name: string;
  /** The gate that it is about. */
  readonly top: string;
  readonly formula: Formula;
  readonly root: Ref;
  /** Probability of each event of the formula. */
  readonly values: Float64Array;
  /** How many gates and basic events the text defines; a common cause group counts by its members. */
  readonly gates: number;
  readonly events: number;
  /** Random deviates that the values depend on, and the values for given ones; factors of common cause groups keep their means. */
  readonly uncertain: readonly Uncertain[];
  valuesAt(drawn: readonly number[]): Float64Array;
}

export interface OpenPsaOptions {
  /** How diagnostics call the text. */
  readonly file: string;
  /** The gate to solve. @default - the only one that no other gate uses */
  readonly top?: string;
  /** What <system-mission-time/> stands for, in hours. @default - 8760, a year */
  readonly missionTime?: number;
}

/**
 * Reads a model in the Open-PSA Model Exchange Format: fault trees, house events, basic events with their expressions, parameters, common cause
 * groups. Event trees, sequences and the like are passed over with a warning.
 */
export function readOpenPsa(
  text: string,
  options: OpenPsaOptions,
): { readonly model?: OpenPsaModel; readonly diagnostics: readonly Diagnostic[] } {
  const read = XmlTree.read(text);
  if ('fault' in read) {
    const { start, end, message } = read.fault;
    const range = rangeOf(text, options.file, Math.min(start, text.length), Math.min(end, text.length));
    return { diagnostics: [error('open-psa/xml', 'This is not XML that can be read', `Here: ${message}.`, { range })] };
  }
  const source = new OpenPsaSource(read.tree, options.file);
  const definitions = new Definitions(source);
  const gates = new Gates(source, definitions, options.missionTime ?? 8760);
  const top = gates.top(options.top);
  const root = top === undefined ? undefined : gates.build(top);
  // Before the rest is looked at: deviates that the top does not depend on are of no interest.
  const { uncertain } = gates;
  gates.checkTheRest();
  if (hasErrors(source.diagnostics) || top === undefined || root === undefined) return { diagnostics: source.diagnostics };
  const model: OpenPsaModel = {
    name: definitions.modelName ?? top.name,
    top: top.name,
    formula: gates.formula,
    root,
    values: Float64Array.from(gates.values),
    gates: definitions.gateCount,
    events: definitions.basicEventCount,
    uncertain,
    valuesAt: (drawn) => gates.valuesAt(drawn),
  };
  return { model, diagnostics: source.diagnostics };
}
