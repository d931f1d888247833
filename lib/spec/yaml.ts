import { CORE_SCHEMA, EVENT_ID, SCALAR_STYLE, YAMLException, getScalarValue, parseEvents } from 'js-yaml';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import type { PlainValue } from '../topology/plain';
import { at, type Source } from './source';
import { explainSyntax } from './syntax-errors';

/** A value with its place in the text, and those of its parts. */
export interface Located {
  readonly value: PlainValue;
  readonly start: number;
  readonly end: number;
  /** Of an object's entry: where its key stands. */
  readonly key?: { readonly start: number; readonly end: number };
  readonly entries?: ReadonlyMap<string, Located>;
  readonly items?: readonly Located[];
  /** Values that it holds, with all that aliases repeat. */
  readonly size: number;
}

interface Read {
  readonly root: Located | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

type Event = ReturnType<typeof parseEvents>[number];
type ScalarEvent = Extract<Event, { valueStart: number }>;
type NodeEvent = Extract<Event, { tagStart: number }>;

/** Deeper than any setting. */
const deepest = 40;

/** With all that aliases repeat; a spec of a thousand components has a tenth of it. */
const mostValues = 200_000;

/** One YAML document, of which JSON is a part, as plain values with their places. Keys are texts; tags and merge keys are not read. */
export function readYaml(source: Source): Read {
  let events: Event[];
  try {
    events = parseEvents(source.text, { maxDepth: deepest });
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    return { root: undefined, diagnostics: [explainSyntax(source, cause.reason, cause.mark?.position ?? 0)] };
  }
  return new Reader(source, events).read();
}

class Reader {
  private next = 0;
  private bomb: Located | undefined;
  private end = 0;
  private readonly anchors = new Map<string, Located>();
  private readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly source: Source,
    private readonly events: readonly Event[],
  ) {}

  read(): Read {
    const documents = this.events.flatMap((event, i) => (event.type === EVENT_ID.DOCUMENT ? [i] : []));
    if (documents.length === 0) {
      const detail = 'Nothing is written in it. `nines init` writes a first spec.';
      return { root: undefined, diagnostics: [at(this.source, 'spec/empty', 'Empty spec', detail, 0, 0)] };
    }
    this.next = 1;
    const root = this.node();
    if (documents.length > 1) {
      const second = this.events[documents[1]! + 1];
      const start = second && 'start' in second ? second.start : second && 'valueStart' in second ? second.valueStart : this.end;
      this.tell(
        'spec/several-documents',
        'More than one document',
        'A file holds one spec: put what follows `---` into a file of its own.',
        start,
        start,
      );
    }
    if (root.size > mostValues) {
      const detail = `Its aliases repeat each other to ${root.size} values, and ${mostValues} is the limit. Write out what you mean.`;
      const { start } = this.bomb ?? root;
      this.tell('spec/alias-bomb', 'Aliases that explode', detail, start, start);
      return { root: undefined, diagnostics: this.diagnostics };
    }
    return { root, diagnostics: this.diagnostics };
  }

  private tell(code: string, summary: string, detail: string, start: number, end: number): void {
    this.diagnostics.push(at(this.source, code, summary, detail, start, end));
  }

  private node(): Located {
    const event = this.events[this.next++];
    if (event === undefined || event.type === EVENT_ID.POP) {
      this.next--;
      return { value: null, start: this.end, end: this.end, size: 1 };
    }
    if (event.type === EVENT_ID.ALIAS) return this.alias(event.anchorStart, event.anchorEnd);
    if (event.type === EVENT_ID.DOCUMENT) throw new Error('A document inside a document. This is a bug in nines.');
    if (event.tagStart >= 0) {
      const tag = this.source.text.slice(event.tagStart, event.tagEnd);
      this.tell(
        'spec/tag',
        'Tags are not read',
        `${quote(tag)} has no meaning in a spec. Remove it; put a text in quotes.`,
        event.tagStart,
        event.tagEnd,
      );
    }
    const located =
      event.type === EVENT_ID.SCALAR
        ? this.scalar(event)
        : event.type === EVENT_ID.SEQUENCE
          ? this.list(event.start)
          : this.object(event.start);
    this.end = Math.max(this.end, located.end);
    if (located.size > mostValues) this.bomb ??= located;
    this.remember(event, located);
    return located;
  }

  private remember({ anchorStart, anchorEnd }: NodeEvent, located: Located): void {
    if (anchorStart >= 0) this.anchors.set(this.source.text.slice(anchorStart, anchorEnd), located);
  }

  private alias(start: number, end: number): Located {
    const name = this.source.text.slice(start, end);
    const meant = this.anchors.get(name);
    this.end = Math.max(this.end, end);
    if (!meant) {
      const detail = `Nothing above is named &${name}, or it contains this place itself. Write out what you mean.`;
      this.tell('spec/unknown-alias', 'Alias of nothing', detail, start - 1, end);
      return { value: null, start: start - 1, end, size: 1 };
    }
    return { value: meant.value, start: start - 1, end, size: meant.size };
  }

  private scalar(event: ScalarEvent): Located {
    if (event.valueStart < 0) return { value: null, start: this.end, end: this.end, size: 1 };
    const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
    const [start, end] = [event.valueStart - quoted, event.valueEnd + quoted];
    const text = getScalarValue(this.source.text, event);
    if (event.style !== SCALAR_STYLE.PLAIN) return { value: text, start, end, size: 1 };
    const { value } = CORE_SCHEMA.resolveImplicitScalarTag(text);
    if (typeof value !== 'number' || Number.isFinite(value)) return { value: value as PlainValue, start, end, size: 1 };
    this.tell(
      'spec/number',
      'Not a number that can be counted with',
      `${quote(text)} is infinite or no number. Write a number of this world.`,
      start,
      end,
    );
    return { value: 0, start, end, size: 1 };
  }

  private list(start: number): Located {
    const items: Located[] = [];
    let size = 1;
    while (this.events[this.next]?.type !== EVENT_ID.POP) {
      const item = this.node();
      size += item.size;
      items.push(item);
    }
    return { value: items.map(({ value }) => value), start, end: this.close(start), items, size };
  }

  private object(start: number): Located {
    const entries = new Map<string, Located>();
    let size = 1;
    while (this.events[this.next]?.type !== EVENT_ID.POP) {
      const key = this.key();
      const value = this.node();
      size += value.size;
      if (key?.text === '<<') {
        const detail = 'Merge keys are not read. Write the settings out; an alias can stand for a whole value.';
        this.tell('spec/merge-key', 'Merge key', detail, key.start, key.end);
        continue;
      }
      const earlier = key && entries.get(key.text);
      if (key && earlier) {
        const { line } = this.source.position(earlier.key!.start);
        this.tell(
          'spec/duplicate-key',
          'Key written twice',
          `${quote(key.text)} is already in line ${line}. Remove one, or rename it.`,
          key.start,
          key.end,
        );
      } else if (key) {
        entries.set(key.text, { ...value, key: { start: key.start, end: key.end } });
      }
    }
    // By definition, not by assignment: the key may be `__proto__`.
    const value = Object.fromEntries([...entries].map(([key, entry]) => [key, entry.value]));
    return { value, start, end: this.close(start), entries, size };
  }

  private key(): { text: string; start: number; end: number } | undefined {
    const event = this.events[this.next];
    const located = this.node();
    if (event?.type === EVENT_ID.SCALAR) {
      // As it is written: `on`, `1.0` and `null` are names like others here.
      const text = event.valueStart < 0 ? '' : getScalarValue(this.source.text, event);
      return { text, start: located.start, end: located.end };
    }
    this.tell(
      'spec/key',
      'Key that is no name',
      'A key is a plain text, not a list, an object or an alias.',
      located.start,
      located.start + 1,
    );
    return undefined;
  }

  /** Passes the end of a list or object, which in flow style has a bracket. */
  private close(start: number): number {
    this.next++;
    const bracket = this.source.text[start] === '{' ? '}' : this.source.text[start] === '[' ? ']' : undefined;
    if (bracket === undefined) return Math.max(start, this.end);
    const closed = this.source.text.indexOf(bracket, Math.max(this.end, start));
    return closed < 0 ? Math.max(start, this.end) : closed + 1;
  }
}
