/** One key as a terminal can deliver it, in its one spelling: `j`, `J`, `space`, `ctrl+d`, `shift+tab`, `alt+x`. */
export type Key = string;

/** Keys pressed one after the other: usually one. */
export type Chord = readonly Key[];

export const NAMED_KEYS = [
  'enter',
  'esc',
  'tab',
  'space',
  'backspace',
  'delete',
  'insert',
  'up',
  'down',
  'left',
  'right',
  'home',
  'end',
  'pageup',
  'pagedown',
  ...Array.from({ length: 12 }, (_, index) => `f${index + 1}`),
] as const;

const ALIASES: Record<string, string> = {
  escape: 'esc',
  return: 'enter',
  pgup: 'pageup',
  pgdn: 'pagedown',
  pgdown: 'pagedown',
  del: 'delete',
  ins: 'insert',
  bs: 'backspace',
};

/** Control characters that terminals use for another key. */
const SAME_BYTE: Record<string, string> = {
  i: 'tab',
  m: 'enter',
  '[': 'esc',
  h: 'backspace',
  '?': 'backspace',
};

const MODIFIERS = new Set(['ctrl', 'alt', 'shift']);
const SHIFTED = new Set(['tab', 'up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown']);
const WITH_CTRL = /^(?:[a-z@\]\\^_]|space|up|down|left|right|home|end|pageup|pagedown|delete)$/;

export type Parsed = { ok: true; chord: Chord } | { ok: false; problem: string };

/** Reads `g g`, `ctrl+d`, `J`. What no terminal delivers is a problem that says what to write instead. */
export function parseChord(text: string): Parsed {
  const words = text.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return { ok: false, problem: 'a chord has at least one key' };
  const keys: Key[] = [];
  for (const word of words) {
    const key = parseKey(word);
    if (!key.ok) return key;
    keys.push(...key.chord);
  }
  return { ok: true, chord: keys };
}

/** A chord's text, as help and footer show it. */
export function chordText(chord: Chord): string {
  return chord.join(' ');
}

function parseKey(word: string): Parsed {
  const { modifiers, name: written } = split(word);
  const lower = written.toLowerCase();
  const name = ALIASES[lower] ?? (isNamed(lower) ? lower : written);
  const unknown = modifiers.find((modifier) => !MODIFIERS.has(modifier));
  if (unknown !== undefined) {
    return problem(
      `terminals send ${[...MODIFIERS].join(', ')} and nothing else: \`${unknown}\` never arrives`,
    );
  }
  if (!isNamed(name) && [...name].length !== 1) return problem(`\`${written}\` is no key`);
  return undeliverable(name, new Set(modifiers)) ?? { ok: true, chord: [keyOf(name, new Set(modifiers))] };
}

function split(word: string): { modifiers: string[]; name: string } {
  if (word === '+') return { modifiers: [], name: '+' };
  const parts = word.endsWith('++') ? [...word.slice(0, -2).split('+'), '+'] : word.split('+');
  return { modifiers: parts.slice(0, -1).map((part) => part.toLowerCase()), name: parts.at(-1) ?? '' };
}

function undeliverable(name: string, modifiers: ReadonlySet<string>): Parsed | undefined {
  const ctrl = modifiers.has('ctrl');
  if (ctrl && modifiers.has('shift') && !isNamed(name)) {
    return problem(`terminals send ctrl+shift+${name} as ctrl+${name.toLowerCase()}`);
  }
  if (ctrl && SAME_BYTE[name])
    return problem(`terminals send ctrl+${name} as ${SAME_BYTE[name]}: write that`);
  if (ctrl && !WITH_CTRL.test(name.toLowerCase())) return problem(`terminals send ctrl+${name} as ${name}`);
  if (modifiers.has('shift') && !isNamed(name)) {
    const upper = name.toUpperCase();
    return problem(
      upper === name
        ? `write the character that shift gives, not shift+${name}`
        : `write \`${upper}\` for shift+${name}`,
    );
  }
  if (modifiers.has('shift') && !SHIFTED.has(name)) return problem(`terminals send shift+${name} as ${name}`);
  return undefined;
}

function keyOf(name: string, modifiers: ReadonlySet<string>): Key {
  const base = modifiers.has('ctrl') && !isNamed(name) ? name.toLowerCase() : name;
  return ['ctrl', 'alt', 'shift']
    .filter((modifier) => modifiers.has(modifier))
    .concat(base)
    .join('+');
}

function isNamed(name: string): boolean {
  return (NAMED_KEYS as readonly string[]).includes(name);
}

function problem(text: string): Parsed {
  return { ok: false, problem: text };
}
