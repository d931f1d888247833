/** Quoted texts and headers of block texts, where they begin. */
const quotedText = /"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*'/y;
const blockHeader = /[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$/my;

/** What may stand behind a quote that ends a text. */
const afterText = /[\s,:\]}]|$/y;

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** Where the bracket or quote stands in which a place of a YAML text lies, and which is closed nowhere; undefined: the place lies in none. */
export function unclosedAt(text: string, place: number): number | undefined {
  const open: number[] = [];
  let around: number | undefined;
  // Only where a value may begin is a bracket or a quote more than a letter of a text.
  let begins = true;
  for (let at = 0; at < text.length; at++) {
    if (at >= place) {
      around ??= open.length;
      if (around === 0 || open.length < around) return undefined;
    }
    const letter = text[at]!;
    if (letter === '\n' || letter === '\r') begins = true;
    else if (letter === ' ' || letter === '\t') continue;
    else if (letter === '#' && /\s|^$/.test(text[at - 1] ?? '')) at = endOfLine(text, at) - 1;
    else if (begins && (letter === '"' || letter === "'")) {
      const quoted = matchAt(quotedText, text, at);
      const end = at + (quoted?.length ?? text.length);
      if (at < place && end > place) return quoted !== undefined && matchAt(afterText, text, end) !== undefined ? undefined : at;
      // Between brackets the colon behind a quoted name needs no space.
      begins = open.length > 0 && text[end] === ':';
      at = begins ? end : end - 1;
    } else if ((begins || open.length > 0) && (letter === '[' || letter === '{')) {
      open.push(at);
      begins = true;
    } else if (open.length > 0 && (letter === ']' || letter === '}')) {
      open.pop();
      begins = false;
    } else if (begins && open.length === 0 && matchAt(blockHeader, text, at) !== undefined) {
      at = endOfBlock(text, at) - 1;
    } else begins = (letter === ',' && open.length > 0) || ('-?:'.includes(letter) && /\s|^$/.test(text[at + 1] ?? ''));
  }
  return open.length < (around ?? 0) ? undefined : open.at(around === undefined ? -1 : around - 1);
}

function endOfLine(text: string, from: number): number {
  const end = text.slice(from).search(/[\r\n]/);
  return end < 0 ? text.length : from + end;
}

/** Where the lines end that are indented deeper than the one in which a block text is announced. */
function endOfBlock(text: string, header: number): number {
  const line = text.lastIndexOf('\n', header) + 1;
  const indent = /^ */.exec(text.slice(line, header))![0].length;
  let end = endOfLine(text, header);
  for (;;) {
    const next = /^(?:\r\n|\r|\n)( *)([^\r\n]*)/.exec(text.slice(end, end + 4096));
    if (!next || (next[2] !== '' && next[1]!.length <= indent)) return end;
    end = endOfLine(text, end + next[0].length);
  }
}
