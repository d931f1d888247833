import { parseTag, type Tag, type XmlFault } from './xml-tag';

/** Deeper nesting than any model has; keeps recursion over the tree safe. */
const deepest = 500;

/** Tag, offset, first child, next element of the same parent. */
const WIDTH = 4;

/**
 * The elements of an XML text as flat arrays; an element is a number, 0 is the outermost one. Character data is checked and passed over.
 *
 * Written for the purpose: the library at hand takes 100 ms for a model of 344 KB before its code is warm, this a third, since a model repeats its
 * tags: the text is split at "<" and each distinct piece is looked at once. It stays on the safe side of the standard by refusing what it does not do:
 * a document type, and so every entity but the five predefined ones and character references.
 */
export class XmlTree {
  #records = new Int32Array(1024 * WIDTH);
  #count = 0;
  readonly #tags: Tag[] = [];

  private constructor(readonly text: string) {}

  /** Reads a text; of one that is not well-formed the first fault. */
  static read(text: string): { readonly tree: XmlTree } | { readonly fault: XmlFault } {
    const tree = new XmlTree(text);
    const fault = tree.#read();
    return fault === undefined ? { tree } : { fault };
  }

  name(element: number): string {
    return this.#tags[this.#records[element * WIDTH]!]!.name;
  }

  /** Where the start tag begins. */
  start(element: number): number {
    return this.#records[element * WIDTH + 1]!;
  }

  /** Where the start tag ends. */
  end(element: number): number {
    return this.start(element) + this.#tags[this.#records[element * WIDTH]!]!.length;
  }

  /** The first child, or -1. */
  firstChild(element: number): number {
    return this.#records[element * WIDTH + 2]!;
  }

  /** The next element of the same parent, or -1. */
  next(element: number): number {
    return this.#records[element * WIDTH + 3]!;
  }

  children(element: number): number[] {
    const list: number[] = [];
    for (let child = this.firstChild(element); child >= 0; child = this.next(child)) list.push(child);
    return list;
  }

  attribute(element: number, name: string): string | undefined {
    const { attributes } = this.#tags[this.#records[element * WIDTH]!]!;
    for (let i = 0; i < attributes.length; i += 2) if (attributes[i] === name) return attributes[i + 1];
    return undefined;
  }

  #read(): XmlFault | undefined {
    const { text } = this;
    const known = new Map<string, number>();
    const pieces = text.split('<');
    const open: number[] = [];
    const last: number[] = [];
    const tags = this.#tags;
    const before = pieces[0]!.search(/[^\s\ufeff]/);
    if (before >= 0) return { start: before, end: before + 1, message: 'there is text outside of the outermost element' };
    let at = pieces[0]!.length;
    for (let i = 1; i < pieces.length; i++) {
      let piece = pieces[i]!;
      const start = at;
      at += piece.length + 1;
      let index = known.get(piece);
      if (index === undefined) {
        // Comments, instructions and bracketed data may hold "<": the pieces up to their end belong together.
        const closing = piece.startsWith('!--') ? '-->' : piece.startsWith('![CDATA[') ? ']]>' : piece.startsWith('?') ? '?>' : undefined;
        const end = closing === undefined ? -1 : text.indexOf(closing, start + (closing === '-->' ? 4 : 1));
        if (end >= at) {
          while (i + 1 < pieces.length && at <= end) at += pieces[++i]!.length + 1;
          piece = text.slice(start + 1, at);
        }
        const parsed = parseTag(piece);
        if ('message' in parsed) return { start: start + parsed.start, end: start + parsed.end, message: parsed.message };
        index = tags.push(parsed) - 1;
        known.set(piece, index);
      }
      const tag = tags[index]!;
      const fault = this.#place(tag, index, start, open, last);
      if (fault !== undefined) return { start, end: start + Math.max(1, tag.length), message: fault };
    }
    if (open.length > 0) {
      const unclosed = open[open.length - 1]!;
      return { start: this.start(unclosed), end: this.end(unclosed), message: `"<${this.name(unclosed)}>" is never closed` };
    }
    return this.#count === 0 ? { start: 0, end: Math.min(1, text.length), message: 'there is no element' } : undefined;
  }

  /** Puts a tag into the tree; says what is wrong with it there. */
  #place(tag: Tag, index: number, start: number, open: number[], last: number[]): string | undefined {
    const depth = open.length;
    if (tag.form === 'close') {
      const name = depth > 0 ? this.name(open[depth - 1]!) : undefined;
      if (name === undefined) return `"</${tag.name}>" closes nothing`;
      if (name !== tag.name) return `"</${tag.name}>" closes "<${name}>", which has another name`;
      open.pop();
      last.pop();
      return tag.hasText && depth === 1 ? 'there is text outside of the outermost element' : undefined;
    }
    if (depth === 0 && tag.form !== 'open' && tag.hasText) return 'there is text outside of the outermost element';
    if (tag.form === 'other') return undefined;
    if (depth === 0 && this.#count > 0) return 'a second element stands beside the outermost one';
    if (depth === deepest) return `elements are nested more than ${deepest} deep`;
    const element = this.#count++;
    if (this.#count * WIDTH > this.#records.length) this.#records = doubled(this.#records);
    const records = this.#records;
    const record = element * WIDTH;
    records[record] = index;
    records[record + 1] = start;
    records[record + 2] = -1;
    records[record + 3] = -1;
    if (depth > 0) {
      const sibling = last[depth - 1]!;
      records[sibling < 0 ? open[depth - 1]! * WIDTH + 2 : sibling * WIDTH + 3] = element;
      last[depth - 1] = element;
    }
    if (tag.form === 'open') {
      open.push(element);
      last.push(-1);
    }
    return undefined;
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2);
  wider.set(array);
  return wider;
}
