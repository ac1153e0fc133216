/** C0 and C1 controls, line and paragraph separators, and the marks that turn the direction of text around. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const UNSAFE_BUT_LINES =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from outside as one line that no terminal can mistake for a command: controls become visible signs. */
export function visible(text: string): string {
  return text.replace(UNSAFE, sign);
}

/** The same for text of several lines: newlines and tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(UNSAFE_BUT_LINES, sign);
}

/** A value as JSON, on one line unless told how far to indent: the same data, with what JSON leaves of such characters escaped. */
export function visibleJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, undefined, indent).replace(
    UNSAFE_BUT_LINES,
    (character) => `\\u${hexadecimal(character).padStart(4, '0')}`,
  );
}

/** Control pictures (U+2400 to U+2421) for C0 and DEL, the code point for the rest. */
function sign(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\\u{${hexadecimal(character)}}`;
}

function hexadecimal(character: string): string {
  return (character.codePointAt(0) as number).toString(16);
}
