/** Control characters, and those that change the direction or hide: C0, DEL, C1, bidirectional controls, zero-width, line separators, halves of surrogate pairs. */
const invisible = new RegExp(
  String.raw`[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]`,
  'g',
);

/**
 * Text of users as it may be shown: nothing in it can steer a terminal or hide from a reader.
 * @example visible('a\u001B[2Jb') // => 'a␛[2Jb'
 */
export function visible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.charCodeAt(0);
    // Unicode has pictures of the C0 controls.
    if (code < 0x20) return code === 9 ? ' ' : String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : '\uFFFD';
  });
}
