import type { Place, Problem } from './types.ts';

export type Token = Place & {
  kind: 'word' | 'string' | 'number' | 'regex' | 'json' | 'symbol' | 'end';
  text: string;
  /** How many characters it takes in the tape. */
  length: number;
  /** It follows the token before it without a blank. */
  glued: boolean;
};

type Match = { kind: Token['kind']; text: string; length: number };

const QUOTES = new Map<string, Token['kind']>([
  ['"', 'string'],
  ["'", 'string'],
  ['`', 'string'],
  ['/', 'regex'],
]);
const NUMBER = /^(\d+(\.\d*)?|\.\d+)/;
const WORD = /^[\p{L}.][\p{L}\d._/%~-]*/u;
const BLANK = /^(\s+|#[^\n]*)/;
const KEY = /^([a-z][a-z\d]*|.)/iu;

/** Splits a tape into tokens. The last one is always `end`. */
export const lex = (source: string): { tokens: Token[]; problems: Problem[] } => {
  const tokens: Token[] = [];
  const problems: Problem[] = [];
  const place = { line: 1, column: 1 };
  let rest = source;
  let glued = false;

  const advance = (length: number) => {
    const passed = rest.slice(0, length);
    const newlines = passed.split('\n').length - 1;
    place.line += newlines;
    place.column = newlines > 0 ? length - passed.lastIndexOf('\n') : place.column + length;
    rest = rest.slice(length);
  };

  while (rest) {
    const blank = BLANK.exec(rest);
    if (blank) {
      advance(blank[0].length);
      glued = false;
      continue;
    }
    const afterPlus = glued && tokens.at(-1)?.text === '+';
    const found = afterPlus ? keyAt(rest) : tokenAt(rest);
    if ('problem' in found) problems.push({ ...place, message: found.problem });
    else tokens.push({ ...place, ...found, glued });
    advance(found.length);
    glued = true;
  }
  tokens.push({ ...place, kind: 'end', text: '', length: 0, glued: false });
  return { tokens, problems };
};

/** Behind a plus stands a key, whatever the character would mean elsewhere. */
const keyAt = (rest: string): Match => {
  const [text] = KEY.exec(rest) ?? [''];
  return { kind: /^\p{L}/u.test(text) ? 'word' : 'symbol', text, length: text.length };
};

const tokenAt = (rest: string): Match | { problem: string; length: number } => {
  const [first = ''] = rest;
  const kind = QUOTES.get(first);
  if (kind) return quotedAt(rest, first, kind);
  if (first === '{') return jsonAt(rest);
  const [number] = NUMBER.exec(rest) ?? [];
  if (number) return { kind: 'number', text: number, length: number.length };
  const [word] = WORD.exec(rest) ?? [];
  if (word) return { kind: 'word', text: word, length: word.length };
  if ('@+-%='.includes(first)) return { kind: 'symbol', text: first, length: 1 };
  return { problem: `Unexpected ${JSON.stringify(first)}.`, length: first.length };
};

/** Strings have no escapes, so that what is typed stands as it is typed; only a regex can hold its own quote. */
const quotedAt = (rest: string, quote: string, kind: Token['kind']) => {
  const body =
    kind === 'regex' ? /^\/((?:\\.|[^/\n\\])*)\// : new RegExp(`^${quote}([^${quote}\n]*)${quote}`);
  const match = body.exec(rest);
  if (match) return { kind, text: match[1] ?? '', length: match[0].length };
  const length = rest.search(/\n|$/);
  return {
    problem: `${kind === 'regex' ? 'Regex' : 'String'} is not closed: ${rest.slice(0, length)}`,
    length,
  };
};

const jsonAt = (rest: string) => {
  let depth = 0;
  for (const part of rest.matchAll(/"(?:\\.|[^"\\])*"|[{}]/g)) {
    depth += part[0] === '{' ? 1 : part[0] === '}' ? -1 : 0;
    if (depth > 0) continue;
    const length = part.index + 1;
    return { kind: 'json' as const, text: rest.slice(0, length), length };
  }
  return { problem: 'Braces are not closed.', length: rest.length };
};
