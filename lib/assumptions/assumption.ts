/** What kind of ground an assumption stands on. `sla` is a credit threshold and no measurement; `judgement` has no source. */
export type Basis = 'published' | 'sla' | 'measured' | 'stated' | 'judgement';

/** What an assumption counts; decides how its range is spread: rates and times lognormal, probabilities logit-normal. */
export type AssumptionUnit = 'per year' | 'seconds' | 'probability';

/** A number from outside. Its value is the median, its range the 5 % and 95 % points. */
export interface Assumption {
  /** Dotted, led by the subject: `zone.outagesPerYear`, `database.multiAzSwitchOver`. */
  readonly name: string;
  readonly unit: AssumptionUnit;
  readonly value: number;
  /** @default - constant: no spread */
  readonly range?: readonly [number, number];
  readonly basis: Basis;
  /** Where it is from: an address or a document; for a judgement, the reasoning. */
  readonly source: string;
  /** The date that the source carries, `YYYY-MM-DD` or shorter. */
  readonly date: string;
  /** In words, what the number stands for and which causes it covers. */
  readonly covers: string;
}
