/** What is wrong with a text that is not well-formed, or that asks for what we do not do. */
export interface XmlFault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** One tag with the character data behind it. */
export interface Tag {
  /** `other`: a comment, an instruction, character data in brackets. */
  readonly form: 'open' | 'close' | 'empty' | 'other';
  readonly name: string;
  /** Names and values in turn. */
  readonly attributes: readonly string[];
  /** From "<" to ">", both included. */
  readonly length: number;
  /** Whether more than white space follows it. */
  readonly hasText: boolean;
}

const name = '[A-Za-z_:\\u0080-\\uffff][-A-Za-z0-9._:\\u0080-\\uffff]*';
/** Nearly every tag: at most one attribute, without references, nothing but white space behind it. */
const simple = new RegExp(`^(/?)(${name})(?:[ \\t\\r\\n]+(${name})="([^"&\\x00-\\x1f]*)")?[ \\t\\r\\n]*(/?)>[ \\t\\r\\n]*$`);
const start = new RegExp(`^(/?)(${name})`);
const nextAttribute = new RegExp(`([ \\t\\r\\n]*)(${name})[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:"([^"]*)"|'([^']*)')`, 'y');
const none: readonly string[] = [];

/** Reads the text from behind one "<" to before the next one. Positions in a fault count from that "<". */
export function parseTag(piece: string): Tag | XmlFault {
  const found = simple.exec(piece);
  if (found === null) return parseFully(piece);
  const attribute = found[3];
  const isEmpty = found[5] === '/';
  const isClosing = found[1] === '/';
  if (isClosing && (attribute !== undefined || isEmpty)) return parseFully(piece);
  const attributes = attribute === undefined ? none : [attribute, found[4]!];
  return {
    form: isClosing ? 'close' : isEmpty ? 'empty' : 'open',
    name: found[2]!,
    attributes,
    length: piece.lastIndexOf('>') + 2,
    hasText: false,
  };
}

function parseFully(piece: string): Tag | XmlFault {
  if (piece.startsWith('!') || piece.startsWith('?')) return parseOther(piece);
  const begin = start.exec(piece);
  if (begin === null) return fault(0, 1, 'the name of an element is missing: a "<" that is meant as text must be written "&lt;"');
  const [opening, slash, element] = begin as unknown as [string, string, string];
  const attributes: string[] = [];
  let at = opening.length;
  for (;;) {
    nextAttribute.lastIndex = at;
    const found = nextAttribute.exec(piece);
    if (found === null) break;
    const [whole, space, attribute, double, single] = found as unknown as [string, string, string, string | undefined, string | undefined];
    if (space === '') return fault(at, at + whole.length, 'a space between attributes is missing');
    for (let i = 0; i < attributes.length; i += 2)
      if (attributes[i] === attribute) return fault(at, at + whole.length, `the attribute "${attribute}" is given twice`);
    const value = decoded(double ?? single!, at + whole.length - 1 - (double ?? single!).length);
    if (typeof value !== 'string') return value;
    attributes.push(attribute, value);
    at += whole.length;
  }
  const end = /^[ \t\r\n]*(\/?)>/.exec(piece.slice(at));
  if (end === null) return unfinished(piece, at, element);
  if (slash === '/' && (attributes.length > 0 || end[1] === '/')) return fault(0, at, 'a closing tag has nothing but a name');
  at += end[0].length;
  const text = decoded(piece.slice(at), at);
  if (typeof text !== 'string') return text;
  const form = slash === '/' ? 'close' : end[1] === '/' ? 'empty' : 'open';
  return { form, name: element, attributes, length: at + 1, hasText: /[^ \t\r\n]/.test(text) };
}

/** What a tag without its end lacks. */
function unfinished(piece: string, at: number, element: string): XmlFault {
  const rest = piece.slice(at);
  const next = at + rest.search(/[^ \t\r\n]|$/);
  if (next === piece.length)
    return fault(0, piece.length, `the tag "<${element}" is never closed; a "<" in a value must be written "&lt;"`);
  if (/^[ \t\r\n]*[^\s=>]+[ \t\r\n]*=[ \t\r\n]*["']/.test(rest))
    return fault(next, next + 1, 'the value of an attribute is never closed; a "<" in it must be written "&lt;"');
  if (/^[ \t\r\n]*[^\s=>]+[ \t\r\n]*=/.test(rest)) return fault(next, next + 1, 'the value of an attribute must stand in quotes');
  return fault(next, next + 1, `this does not belong into the tag "<${element}"`);
}

function parseOther(piece: string): Tag | XmlFault {
  if (piece.startsWith('!DOCTYPE'))
    return fault(0, 9, 'a document type could define entities or fetch files, so it is never read; leave it out');
  const [opening, closing, what] = piece.startsWith('!--')
    ? (['!--', '-->', 'a comment'] as const)
    : piece.startsWith('![CDATA[')
      ? (['![CDATA[', ']]>', 'character data in brackets'] as const)
      : (['?', '?>', 'an instruction'] as const);
  if (!piece.startsWith(opening)) return fault(0, 2, 'this begins neither a comment nor an element');
  const end = piece.indexOf(closing, opening.length);
  if (end < 0) return fault(0, opening.length + 1, `${what} is never closed`);
  const inside = piece.slice(opening.length, end);
  if (closing === '-->' && inside.includes('--')) return fault(0, end + 1, '"--" stands inside a comment');
  const length = end + closing.length + 1;
  const text = decoded(piece.slice(length - 1), length - 1);
  if (typeof text !== 'string') return text;
  return { form: 'other', name: '', attributes: none, length, hasText: closing === ']]>' || /[^ \t\r\n]/.test(text) };
}

/** Text with its references replaced and white space made spaces, as the standard says of values. */
function decoded(raw: string, offset: number): string | XmlFault {
  let problem: XmlFault | undefined;
  const text = raw.replace(/&([^;&]{0,12};?)|\p{Cc}/gu, (whole: string, reference: string | undefined, position: number) => {
    if (reference === undefined) {
      if (whole >= '\u007f') return whole;
      if (!/[\t\n\r]/.test(whole)) problem ??= fault(offset + position, offset + position + 1, 'there is a control character');
      return ' ';
    }
    const character = characterOf(reference);
    if (character !== undefined) return character;
    const message = reference.endsWith(';')
      ? `"&${reference}" is none of the five entities that XML predefines, and no other is ever read`
      : '"&" must be written "&amp;"';
    problem ??= fault(offset + position, offset + position + whole.length, message);
    return '';
  });
  return problem ?? text;
}

function characterOf(reference: string): string | undefined {
  const digits = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));$/.exec(reference);
  if (digits === null) return predefined.get(reference);
  const code = digits[1] === undefined ? Number(digits[2]) : parseInt(digits[1], 16);
  const legal = code >= 32 || code === 9 || code === 10 || code === 13;
  if (!legal || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff || code > 0x10ffff) return undefined;
  return String.fromCodePoint(code);
}

const predefined = new Map([
  ['amp;', '&'],
  ['lt;', '<'],
  ['gt;', '>'],
  ['quot;', '"'],
  ['apos;', "'"],
]);

/** Positions in the piece lie one behind those from "<". */
function fault(from: number, to: number, message: string): XmlFault {
  return { start: from === 0 ? 0 : from + 1, end: to + 1, message };
}
