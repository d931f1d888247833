import { listed, quote } from '../diagnostics/way-out';
import type { JsonSchema } from '../topology/kind';
import type { PlainValue } from '../topology/plain';
import { availabilityPattern, availabilityText } from '../units/availability';
import { daysPattern, durationPattern } from '../units/duration';
import { ratePattern } from '../units/rate';

export function typeOf(value: PlainValue | undefined): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'yes or no', object: 'an object' }[
    typeof value as 'string' | 'number' | 'boolean' | 'object'
  ];
}

const wantedTypes: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with settings',
};

export function wanted({ type }: JsonSchema): string {
  return listed((Array.isArray(type) ? type : [type]).map((one) => wantedTypes[String(one)] ?? String(one))).replaceAll(', ', ' or ');
}

export function wayOut(value: PlainValue | undefined, rule: JsonSchema): string {
  if (typeof value === 'number' && rule.type === 'string' && typeof rule.pattern === 'string') {
    const form = forms[rule.pattern];
    if (form === undefined) return ' Put it in quotes.';
    const text = rule.pattern === availabilityPattern ? availabilityText(value) : `${value}${units[rule.pattern]}`;
    return text !== undefined && new RegExp(rule.pattern).test(text) ? ` Write the unit, such as ${text}.` : ` Write ${form}.`;
  }
  if (rule.type === 'string' && typeof value === 'number') return ' Put it in quotes.';
  if (rule.type === 'integer' && typeof value === 'string' && /^[0-9]+$/.test(value)) return ' Remove the quotes.';
  if (rule.type === 'array' && typeof value === 'string') return ` Write [${quote(value).slice(1, -1)}].`;
  return exampleOf(rule, ' Such as ');
}

export function exampleOf({ examples }: JsonSchema, lead: string, key = ''): string {
  if (!Array.isArray(examples) || examples.length === 0) return '';
  const [example] = examples as unknown[];
  return `${lead}${key}${typeof example === 'string' ? example : JSON.stringify(example)}.`;
}

export function described({ description }: JsonSchema): string {
  return typeof description === 'string' ? description : '';
}

/** The patterns of values with units, in words. */
const forms: Readonly<Record<string, string>> = {
  [durationPattern]: 'a time with its unit: ms, s, m, h or d, such as 30s',
  [ratePattern]: 'a rate of requests, such as 900/s',
  [availabilityPattern]: 'an availability in per cent, such as 99.95%',
  [daysPattern]: 'a number of days, such as 730d',
};

/** What a bare number was most likely meant in. */
const units: Readonly<Record<string, string>> = { [durationPattern]: 's', [ratePattern]: '/s', [daysPattern]: 'd' };

export function formDescribed(rule: JsonSchema): string {
  const known = forms[String(rule.pattern)];
  if (known !== undefined) return known;
  const example = exampleOf(rule, ' Such as ').replace(/\.$/, '');
  const what = described(rule).replace(/\.$/, '');
  return what === ''
    ? `of the form ${String(rule.pattern)}${example}`
    : `what this setting takes (${what})${example === '' ? `: ${String(rule.pattern)}` : `.${example}`}`;
}

export function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const low = minimum !== undefined ? `from ${String(minimum)}` : exclusiveMinimum !== undefined ? `above ${String(exclusiveMinimum)}` : '';
  const high = maximum !== undefined ? `to ${String(maximum)}` : exclusiveMaximum !== undefined ? `below ${String(exclusiveMaximum)}` : '';
  return [low, high].filter((part) => part !== '').join(' ');
}

/** How many entries there are. */
export function counted(entries: number): string {
  return entries === 1 ? '1 entry' : `${entries === 0 ? 'no' : entries} entries`;
}

export function sizesOf(least: unknown, most: unknown): string {
  if (least === most) return `exactly ${String(least)}`;
  if (most === undefined) return `${String(least)} or more`;
  return `${String(least ?? 0)} to ${String(most)}`;
}
