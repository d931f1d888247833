import { AND, AT_LEAST, CHOICE, CONSTANT, LADDER, LITERAL, type Formula, type Ref } from '../engine/formula';

/** Fault trees to write: the formula, its roots by name, and the probability of each literal as `Compiled.probability` takes them. */
export interface WritableTree {
  readonly name: string;
  readonly formula: Formula;
  readonly roots: readonly { readonly name: string; readonly root: Ref }[];
  readonly values: ArrayLike<number>;
}

/**
 * Writes a formula in the Open-PSA Model Exchange Format, so that anybody can check it with another tool.
 *
 * Negations are pushed down to the events, so that a monotone tree stays one. What the format does not have is made of independent events, exactly:
 * level k of a ladder is e_0 ∧ … ∧ e_k with P(e_k) = P(level k) / P(level k − 1); outcome k of a choice is ¬c_0 ∧ … ∧ ¬c_{k−1} ∧ c_k with P(c_k) = p_k /
 * (p_k + p_{k+1} + …).
 */
export function writeOpenPsa(tree: WritableTree): string {
  return new Writer(tree).text();
}

class Writer {
  readonly #gates: string[] = [];
  readonly #events: string[] = [];
  /** Identifiers of gates by node and sign, and of events by literal. */
  readonly #gateNames = new Map<Ref, string>();
  readonly #eventNames = new Map<number, string>();
  readonly #taken = new Set<string>();

  constructor(readonly tree: WritableTree) {}

  text(): string {
    const { name, roots } = this.tree;
    const tops = roots.map(({ name: top, root }) => {
      const named = this.#identifier(top);
      // Two roots that are one node, and a root that is no gate, get a gate of their own below.
      if (!this.#isPlain(root) && !this.#gateNames.has(root)) this.#gateNames.set(root, named);
      return { named, root };
    });
    for (const ref of this.#needed(roots.map(({ root }) => root))) this.#define(ref);
    for (const { named, root } of tops) if (this.#gateNames.get(root) !== named) this.#gates.push(gate(named, this.#operand(root)));
    const tree = this.#identifier(name);
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<opsa-mef>',
      `<define-fault-tree name="${tree}">`,
      ...(tree === name ? [] : [`<label>${escaped(name)}</label>`]),
      ...this.#gates,
      '</define-fault-tree>',
      '<model-data>',
      ...this.#events,
      '</model-data>',
      '</opsa-mef>',
      '',
    ].join('\n');
  }

  /** All gates below the references, from the top. A node that is used with both signs is two gates. */
  #needed(roots: readonly Ref[]): Ref[] {
    const seen = new Set<Ref>();
    const stack = [...roots];
    for (let ref = stack.pop(); ref !== undefined; ref = stack.pop()) {
      if (seen.has(ref) || this.#isPlain(ref)) continue;
      seen.add(ref);
      for (const child of this.#children(ref)) stack.push(child);
    }
    return [...seen].sort((a, b) => b - a);
  }

  /** Whether a reference is written in place. */
  #isPlain(ref: Ref): boolean {
    const kind = this.tree.formula.kind(ref >> 1);
    return kind === CONSTANT || kind === LITERAL;
  }

  /** The operands of a gate, with the negation in front of it pushed onto them. */
  #children(ref: Ref): Ref[] {
    const { formula } = this.tree;
    const node = ref >> 1;
    const kind = formula.kind(node);
    const sign = kind === AND || kind === AT_LEAST ? ref & 1 : 0;
    const children = Array.from({ length: formula.arity(node) }, (_, i) => formula.child(node, i) ^ sign);
    // Of an exclusive or, one operand takes the negation.
    if (kind !== AND && kind !== AT_LEAST && (ref & 1) === 1) children[0] = children[0]! ^ 1;
    return children;
  }

  #define(ref: Ref): void {
    const { formula } = this.tree;
    const node = ref >> 1;
    const kind = formula.kind(node);
    const operands = this.#children(ref).map((child) => this.#operand(child));
    let [open, close] = ['<xor>', '</xor>'];
    if (kind === AND) [open, close] = (ref & 1) === 0 ? ['<and>', '</and>'] : ['<or>', '</or>'];
    if (kind === AT_LEAST) {
      // Not at least k of n hold: at least n − k + 1 do not.
      const k = formula.parameter(node);
      [open, close] = [`<atleast min="${(ref & 1) === 0 ? k : operands.length - k + 1}">`, '</atleast>'];
    }
    this.#gates.push(gate(this.#gateName(ref), `${open}${operands.join('')}${close}`));
  }

  #operand(ref: Ref): string {
    const { formula } = this.tree;
    const node = ref >> 1;
    if (formula.kind(node) === CONSTANT) return `<constant value="${ref === formula.true}"/>`;
    if (formula.kind(node) !== LITERAL) return `<gate name="${this.#gateName(ref)}"/>`;
    const [event, level] = [formula.parameter(node), formula.level(node)];
    const parts = this.#literal(event, level);
    const positive = parts.length === 1 ? parts[0]! : `<and>${parts.join('')}</and>`;
    return (ref & 1) === 0 ? positive : `<not>${positive}</not>`;
  }

  /** The conjunction that a literal stands for. */
  #literal(event: number, level: number): string[] {
    const { formula } = this.tree;
    const reference = (k: number) => `<basic-event name="${this.#eventName(event, k)}"/>`;
    if (formula.eventKinds[event] === LADDER) return Array.from({ length: level + 1 }, (_, k) => reference(k));
    if (formula.eventKinds[event] !== CHOICE) return [reference(0)];
    const before = Array.from({ length: level }, (_, k) => `<not>${reference(k)}</not>`);
    return level === formula.eventLiterals[event]! - 1 ? before : [...before, reference(level)];
  }

  #eventName(event: number, k: number): string {
    const { formula, values } = this.tree;
    const offset = formula.eventOffsets[event]!;
    const known = this.#eventNames.get(offset + k);
    if (known !== undefined) return known;
    const count = formula.eventLiterals[event]!;
    const own = formula.eventNames[event]!;
    const label = count === 1 ? own : formula.eventKinds[event] === LADDER ? `${own} (phase ${k})` : `${own} (outcome ${k})`;
    const name = this.#identifier(label);
    this.#eventNames.set(offset + k, name);
    let probability = values[offset + k]!;
    if (formula.eventKinds[event] === LADDER && k > 0) probability = share(probability, values[offset + k - 1]!);
    if (formula.eventKinds[event] === CHOICE) {
      let rest = 0;
      for (let j = count - 1; j >= k; j--) rest += values[offset + j]!;
      probability = share(probability, rest);
    }
    const described = name === label ? '' : `<label>${escaped(label)}</label>`;
    this.#events.push(`<define-basic-event name="${name}">${described}<float value="${probability}"/></define-basic-event>`);
    return name;
  }

  #gateName(ref: Ref): string {
    let name = this.#gateNames.get(ref);
    if (name === undefined) this.#gateNames.set(ref, (name = this.#identifier((ref & 1) === 0 ? `g${ref >> 1}` : `n${ref >> 1}`)));
    return name;
  }

  /** A name that the format allows and that is not taken: letters, digits, "-" and "_", a letter first. */
  #identifier(wanted: string): string {
    const plain = wanted
      .replace(/[^A-Za-z0-9_-]+/g, '_')
      .replace(/^(?![A-Za-z])/, 'e')
      .replace(/[_-]+$/, '');
    let name = plain;
    for (let i = 2; this.#taken.has(name); i++) name = `${plain}-${i}`;
    this.#taken.add(name);
    return name;
  }
}

function gate(name: string, formula: string): string {
  return `<define-gate name="${name}">${formula}</define-gate>`;
}

/** part / whole, where a part is never above the whole but by rounding. */
function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}

function escaped(text: string): string {
  // Characters that XML 1.0 does not have can not be written in any form.
  return text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
}
