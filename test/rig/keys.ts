export type KeyModes = {
  /** The program has asked for the application's cursor keys (DECCKM). */
  applicationCursor: boolean;
};

type Modifiers = { ctrl: boolean; alt: boolean; shift: boolean };

const ESC = '\x1b';
const MODIFIER = /^(ctrl|alt|shift)\+(?=.)/;

const CURSOR: Record<string, string> = { up: 'A', down: 'B', right: 'C', left: 'D', home: 'H', end: 'F' };
const PLAIN: Record<string, string> = { enter: '\r', tab: '\t', esc: ESC, space: ' ', backspace: '\x7f' };
const TILDE: Record<string, number> = {
  insert: 2,
  delete: 3,
  pageup: 5,
  pagedown: 6,
  ...{ f5: 15, f6: 17, f7: 18, f8: 19, f9: 20, f10: 21, f11: 23, f12: 24 },
};
const FUNCTION: Record<string, string> = { f1: 'P', f2: 'Q', f3: 'R', f4: 'S' };

/**
 * The bytes an xterm sends for a key: a character (`j`, `?`), a name (`enter`, `pageup`, `f5`), or either behind
 * `ctrl+`, `alt+` and `shift+`.
 */
export const encodeKey = (key: string, modes: KeyModes): string => {
  const { name, modifiers } = parseKey(key);
  const code = modifierCode(modifiers);
  const cursor = CURSOR[name];
  if (cursor)
    return code > 1 ? `${ESC}[1;${code}${cursor}` : `${ESC}${modes.applicationCursor ? 'O' : '['}${cursor}`;
  const final = FUNCTION[name];
  if (final) return code > 1 ? `${ESC}[1;${code}${final}` : `${ESC}O${final}`;
  const number = TILDE[name];
  if (number) return code > 1 ? `${ESC}[${number};${code}~` : `${ESC}[${number}~`;
  return (modifiers.alt ? ESC : '') + encodeText(name, modifiers);
};

const parseKey = (key: string) => {
  const modifiers: Modifiers = { ctrl: false, alt: false, shift: false };
  let name = key;
  for (let match = MODIFIER.exec(name); match; match = MODIFIER.exec(name)) {
    modifiers[match[1] as keyof Modifiers] = true;
    name = name.slice(match[0].length);
  }
  return { name, modifiers };
};

const modifierCode = ({ shift, alt, ctrl }: Modifiers) =>
  1 + Number(shift) + 2 * Number(alt) + 4 * Number(ctrl);

const encodeText = (name: string, { ctrl, shift }: Modifiers): string => {
  if (name === 'tab' && shift) return `${ESC}[Z`;
  if (name === 'backspace' && ctrl) return '\b';
  const plain = PLAIN[name] ?? name;
  if (!PLAIN[name] && [...name].length !== 1)
    throw new Error(`No such key: ${JSON.stringify(name)}. Use type() for text.`);
  if (ctrl) return controlCharacter(plain);
  return shift ? plain.toUpperCase() : plain;
};

/** Terminals send ctrl with a character as its code in the 32 control characters, and other keys unchanged. */
const controlCharacter = (character: string) => {
  if (character === ' ') return '\0';
  if (character === '-' || character === '/') return '\x1f';
  if (character === '?') return '\x7f';
  return /^[@-_a-z]$/.test(character)
    ? String.fromCharCode(character.toUpperCase().charCodeAt(0) & 0x1f)
    : character;
};
