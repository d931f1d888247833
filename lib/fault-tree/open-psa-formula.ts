import { expandCommonCause, largestGroup, levelsOf, type CommonCauseModel } from '../engine/common-cause';
import { Formula, type Ref } from '../engine/formula';
import type { Uncertain } from '../engine/sampling';
import type { Definitions, EventDefinition, GroupDefinition, Sort } from './open-psa-definitions';
import { Expressions } from './open-psa-expression';
import type { OpenPsaSource } from './open-psa-source';

/** Gates as formulas over basic events. */
export class Gates {
  readonly formula = new Formula();
  /** Probability of each event, in the order of the formula's. */
  readonly values: number[] = [];
  /** By event; -1 where it has not been made yet. */
  readonly #refs: Int32Array;
  readonly #expressions: Expressions;
  /** How the probabilities of the formula's events are computed again, after the deviates have been drawn. */
  readonly #again: (() => void)[] = [];
  /** Gates that a gate's formula names. */
  readonly #uses: (readonly EventDefinition[])[] = [];
  /** What an element refers to. */
  readonly #referred: (EventDefinition | undefined)[] = [];

  constructor(
    readonly source: OpenPsaSource,
    readonly definitions: Definitions,
    missionTime: number,
  ) {
    this.#expressions = new Expressions(source, definitions.parameters, missionTime);
    this.#refs = new Int32Array(definitions.events.all.length).fill(-1);
    for (const event of definitions.events.all) this.#uses.push(event.sort === 'gate' ? this.#usedBy(event) : []);
  }

  /** The random deviates that the probabilities depend on. */
  get uncertain(): readonly Uncertain[] {
    return this.#expressions.uncertain;
  }

  /** Probabilities of the formula's events when the deviates have these values, in the order of `uncertain`; what leaves [0, 1] is brought back. */
  valuesAt(drawn: readonly number[]): Float64Array {
    this.#expressions.draw(drawn);
    for (const compute of this.#again) compute();
    this.#expressions.draw(undefined);
    return Float64Array.from(this.values, (value) => Math.min(1, Math.max(0, value)));
  }

  /** The gate that is asked for, or the only one that no other uses. */
  top(name: string | undefined): EventDefinition | undefined {
    const { source, definitions } = this;
    if (name !== undefined) {
      const found = definitions.events.tryFind(name, '');
      if (found?.sort === 'gate') return found;
      source.error('top', 'The gate to solve is not there', `There is no gate "${name}".${definitions.events.hint(name)}`, 0);
      return undefined;
    }
    const gates = definitions.events.all.filter((event) => event.sort === 'gate');
    const isUsed = new Uint8Array(definitions.events.all.length);
    for (const uses of this.#uses) for (const used of uses) isUsed[used.index] = 1;
    const tops = gates.filter((gate) => isUsed[gate.index] === 0);
    if (tops.length === 1) return tops[0];
    if (tops.length === 0) {
      const [first] = gates;
      if (first === undefined) source.error('top', 'There is nothing to solve', 'The model defines no gate.', 0);
      // Each gate is used by another one: somewhere is a circle, and building from anywhere finds it.
      return first;
    }
    const list = tops.slice(0, 10).map((gate) => `"${gate.name}"`);
    if (tops.length > 10) list.push(`${tops.length - 10} more`);
    source.error(
      'top',
      'Which gate to solve is not clear',
      `No other gate uses ${list.join(', ')}. Name one of them with --top.`,
      tops[1]!.element,
    );
    return undefined;
  }

  /** The formula of a gate and of all that it uses; without recursion from gate to gate, so that long chains do no harm. */
  build(top: EventDefinition): Ref | undefined {
    const open = new Uint8Array(this.#refs.length);
    const stack: { gate: EventDefinition; next: number }[] = [{ gate: top, next: 0 }];
    open[top.index] = 1;
    while (stack.length > 0) {
      const frame = stack[stack.length - 1]!;
      const used = this.#uses[frame.gate.index]![frame.next++];
      if (used === undefined) {
        this.#refs[frame.gate.index] = this.#definition(frame.gate);
        open[frame.gate.index] = 0;
        stack.pop();
      } else if (open[used.index] === 1) {
        const names = stack.slice(stack.findIndex((each) => each.gate === used)).map((each) => each.gate.name);
        const circle = names.length > 9 ? [...names.slice(0, 9), '…', used.name] : [...names, used.name];
        this.source.error('cycle', 'Gates depend on each other in a circle', `${circle.join(' → ')}.`, used.element);
        return undefined;
      } else if (this.#refs[used.index]! < 0) {
        open[used.index] = 1;
        stack.push({ gate: used, next: 0 });
      }
    }
    return this.#refs[top.index];
  }

  /** Checks the values of basic events that the top does not need: a mistake there is still a mistake. */
  checkTheRest(): void {
    for (const event of this.definitions.events.all) {
      if (event.sort === 'house event' && this.#refs[event.index]! < 0) this.#house(event);
      if (event.sort === 'basic event' && event.group === undefined && this.#refs[event.index]! < 0) this.#probability(event);
    }
  }

  #definition(gate: EventDefinition): Ref {
    const element = this.#expressions.inside(gate.element);
    return element < 0 ? this.formula.false : this.#formula(element);
  }

  #formula(element: number): Ref {
    const { formula, source } = this;
    const { tree } = source;
    const name = tree.name(element);
    if (name === 'constant') return tree.attribute(element, 'value') === 'true' ? formula.true : formula.false;
    if (isReference(name)) return this.#reference(element);
    const operands: Ref[] = [];
    for (let child = tree.firstChild(element); child >= 0; child = tree.next(child)) operands.push(this.#formula(child));
    switch (name) {
      case 'and':
        return formula.and(operands);
      case 'or':
        return formula.or(operands);
      case 'nand':
        return formula.not(formula.and(operands));
      case 'nor':
        return formula.not(formula.or(operands));
      case 'not':
        return formula.not(operands[0]!);
      case 'xor':
        return formula.xor(operands[0]!, operands[1]!);
      case 'iff':
        return formula.not(formula.xor(operands[0]!, operands[1]!));
      case 'imply':
        return formula.or([formula.not(operands[0]!), operands[1]!]);
      case 'atleast':
        return formula.atLeast(this.#count(element, 'min', operands.length), operands);
      case 'cardinality': {
        const least = formula.atLeast(this.#count(element, 'min', operands.length), operands);
        return formula.and([least, formula.not(formula.atLeast(this.#count(element, 'max', operands.length) + 1, operands))]);
      }
      default:
        return formula.false;
    }
  }

  #reference(element: number): Ref {
    const event = this.#referred[element];
    if (event === undefined) return this.formula.false;
    const known = this.#refs[event.index]!;
    if (known >= 0) return known;
    let ref: Ref = this.formula.false;
    if (event.sort === 'house event') ref = this.#house(event) ? this.formula.true : this.formula.false;
    else if (event.group !== undefined) {
      this.#expand(event.group);
      return this.#refs[event.index]!;
    } else if (event.sort === 'basic event') {
      const probability = this.#probability(event);
      ref = this.formula.basic(event.name);
      const place = this.values.push(probability ?? 0) - 1;
      const inner = this.#expressions.inside(event.element);
      if (inner >= 0) this.#again.push(() => (this.values[place] = this.#expressions.value(inner, event.base) ?? 0));
    }
    this.#refs[event.index] = ref;
    return ref;
  }

  /** The gates in a gate's formula; tells on the way what is not defined and which gates have the wrong number of operands. */
  #usedBy(gate: EventDefinition): EventDefinition[] {
    const { source } = this;
    const used: EventDefinition[] = [];
    const visit = (element: number) => {
      const name = source.tree.name(element);
      if (isReference(name)) {
        const event = this.#resolve(element, gate.base);
        if (event === undefined) this.#undefined(element, name);
        else if (event.sort === 'gate') used.push(event);
        this.#referred[element] = event;
        return;
      }
      const needed = operandsOf[name];
      let count = 0;
      for (let child = source.tree.firstChild(element); child >= 0; child = source.tree.next(child), count++) visit(child);
      if (needed === undefined) {
        const detail = `<${name}> is neither a gate nor an event. Gates: ${Object.keys(operandsOf).join(', ')}.`;
        source.error('unknown-formula', 'A part of a formula is not known', detail, element);
      } else if (count < needed[0] || count > needed[1]) {
        const wanted = needed[0] === needed[1] ? `exactly ${needed[0]}` : `at least ${needed[0]}`;
        source.error('operands', 'A gate has the wrong number of operands', `<${name}> takes ${wanted}, here are ${count}.`, element);
      } else if (name === 'atleast' || name === 'cardinality') this.#checkCounts(element, name, count);
    };
    const formula = this.#expressions.inside(gate.element);
    if (formula < 0)
      source.error('no-formula', 'A gate has no formula', `The gate "${gate.name}" is defined without a formula.`, gate.element);
    else visit(formula);
    return used;
  }

  #checkCounts(element: number, name: string, operands: number): void {
    for (const limit of name === 'atleast' ? ['min'] : ['min', 'max']) {
      const text = this.source.required(element, limit);
      if (text !== undefined && !(/^[0-9]{1,9}$/.test(text) && Number(text) <= operands))
        this.source.error(
          'count',
          'A count does not fit',
          `${limit}="${text}" must be a whole number up to the ${operands} operands.`,
          element,
        );
    }
  }

  #count(element: number, name: string, otherwise: number): number {
    return Number(this.source.tree.attribute(element, name) ?? otherwise);
  }

  #resolve(element: number, base: string): EventDefinition | undefined {
    const { tree } = this.source;
    const name = tree.attribute(element, 'name');
    if (name === undefined) return undefined;
    const event = this.definitions.events.tryFind(name, base);
    const tag = tree.name(element);
    const sort = sorts.get(tag === 'event' ? (tree.attribute(element, 'type') ?? tag) : tag);
    return event !== undefined && (sort === undefined || event.sort === sort) ? event : undefined;
  }

  #undefined(element: number, tag: string): void {
    const name = this.source.required(element, 'name');
    if (name === undefined) return;
    const other = this.definitions.events.tryFind(name, '');
    const what = sorts.get(tag) ?? 'gate or event';
    const why = other === undefined ? this.definitions.events.hint(name) : ` "${name}" is a ${other.sort}.`;
    this.source.error('undefined-event', 'An event is not defined', `There is no ${what} "${name}".${why}`, element);
  }

  #house(event: EventDefinition): boolean {
    const { tree } = this.source;
    const constant = this.#expressions.inside(event.element);
    const value = constant >= 0 && tree.name(constant) === 'constant' ? tree.attribute(constant, 'value') : undefined;
    // A house event is off where nothing is said.
    if (constant < 0 || value === 'false') return false;
    if (value === 'true') return true;
    this.source.error(
      'house',
      'A house event is neither true nor false',
      `The house event "${event.name}" needs <constant value="true"/> or "false".`,
      constant,
    );
    return false;
  }

  #probability(event: EventDefinition): number | undefined {
    const element = this.#expressions.inside(event.element);
    if (element < 0) {
      this.source.error(
        'no-expression',
        'A basic event has no probability',
        `The basic event "${event.name}" is defined without an expression.`,
        event.element,
      );
      return undefined;
    }
    this.#expressions.owner = event.name;
    return this.#checked(this.#expressions.value(element, event.base), `The probability of "${event.name}"`, element);
  }

  #checked(value: number | undefined, what: string, element: number): number | undefined {
    if (value === undefined || (value >= 0 && value <= 1)) return value;
    this.source.error('no-probability', 'A probability lies outside of 0 to 1', `${what} is ${value}.`, element);
    return undefined;
  }

  /** Puts the events of a common cause group in the place of its members. */
  #expand(group: GroupDefinition): void {
    const { source, formula } = this;
    const parts = source.tree.children(group.element);
    const part = (name: string) => parts.find((child) => source.tree.name(child) === name);
    const wrong = (detail: string) =>
      source.error('group', 'A common cause group is not complete', `${detail} (group "${group.name}")`, group.element);
    for (const member of group.members) this.#refs[member.index] = formula.false;
    const distribution = part('distribution');
    const inner = distribution === undefined ? -1 : this.#expressions.inside(distribution);
    if (inner < 0) return wrong('It needs a <distribution> with an expression.');
    this.#expressions.owner = group.name;
    const probability = this.#checked(this.#expressions.value(inner, group.base), `The probability in the group "${group.name}"`, inner);
    const model = this.#model(group, wrong);
    if (probability === undefined || model === undefined) return undefined;
    if (model.model !== 'beta' && group.members.length > largestGroup)
      return wrong(`It has ${group.members.length} members; more than ${largestGroup} can not be expanded.`);
    if (levelsOf(model, group.members.length) > group.members.length) return wrong('It has more factors than members.');
    const place = this.values.length;
    this.#again.push(() => {
      const q = this.#expressions.value(inner, group.base) ?? 0;
      expandCommonCause(model, group.members.length, q).forEach((event, i) => (this.values[place + i] = event.probability));
    });
    const holding: Ref[][] = group.members.map(() => []);
    for (const event of expandCommonCause(model, group.members.length, probability)) {
      const ref = formula.basic(`[${event.members.map((member) => group.members[member]!.name).join(' ')}]`);
      this.values.push(event.probability);
      for (const member of event.members) holding[member]!.push(ref);
    }
    group.members.forEach((member, i) => (this.#refs[member.index] = formula.or(holding[i]!)));
  }

  #model(group: GroupDefinition, wrong: (detail: string) => void): CommonCauseModel | undefined {
    const { source } = this;
    const list = source.tree.children(group.element).flatMap((child) => {
      if (source.tree.name(child) === 'factor') return [child];
      return source.tree.name(child) === 'factors' ? source.tree.children(child) : [];
    });
    const factors: number[] = [];
    for (const element of list) {
      const inner = this.#expressions.inside(element);
      const value = inner < 0 ? undefined : this.#checked(this.#expressions.value(inner, group.base), 'A factor', inner);
      if (value === undefined) return undefined;
      factors.push(value);
    }
    if (factors.length === 0) return void wrong('It needs at least one <factor>.');
    const name = source.tree.attribute(group.element, 'model');
    switch (name) {
      case 'beta-factor':
        return { model: 'beta', beta: factors[0]! };
      case 'MGL':
        return { model: 'greek', letters: factors };
      case 'alpha-factor':
        return { model: 'alpha', alphas: factors };
      case 'phi-factor':
        return { model: 'phi', phis: factors };
      default:
        return void wrong(`The model ${JSON.stringify(name ?? '')} is none of beta-factor, MGL, alpha-factor, phi-factor.`);
    }
  }
}

function isReference(name: string): boolean {
  return name === 'gate' || name === 'basic-event' || name === 'house-event' || name === 'event';
}

const sorts: ReadonlyMap<string, Sort> = new Map([
  ['gate', 'gate'],
  ['basic-event', 'basic event'],
  ['house-event', 'house event'],
]);

/** How many operands each gate takes. */
const operandsOf: Readonly<Record<string, readonly [number, number]>> = {
  and: [1, Infinity],
  or: [1, Infinity],
  not: [1, 1],
  xor: [2, 2],
  atleast: [1, Infinity],
  cardinality: [1, Infinity],
  nand: [1, Infinity],
  nor: [1, Infinity],
  iff: [2, 2],
  imply: [2, 2],
  constant: [0, 0],
};
