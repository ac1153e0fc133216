import type { Json } from '#engines/core/json.ts';
import { pointerOf } from './pointer.ts';

/** Objects and lists inside each other; what the recursion below needs stays far from the end of the stack. */
export const MAX_DEPTH = 100;

/** Offsets in the text, in UTF-16 units. */
export interface Span {
  /** Of the name, where the value is a member of an object. */
  name?: number;
  start: number;
  end: number;
}

/** A JSON text with its data, and where each value of it stands. */
export interface JsonText {
  text: string;
  value: Json;
  /** By JSON pointer (RFC 6901); the whole is the empty one. */
  spans: ReadonlyMap<string, Span>;
}

/** Why a text is no JSON, and where. */
export interface JsonFault {
  offset: number;
  reason: string;
}

/**
 * Strict JSON (RFC 8259) as `JSON.parse` takes it, but for names that stand twice in an object, numbers that no double
 * holds, and nesting beyond a bound: those are faults as well.
 */
export function parseJson(text: string): JsonText | JsonFault {
  const cursor: Cursor = { text, at: 0, spans: new Map() };
  try {
    return { text, value: documentAt(cursor), spans: cursor.spans };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return { offset: thrown.offset, reason: thrown.message };
  }
}

export function isFault(parsed: JsonText | JsonFault): parsed is JsonFault {
  return 'reason' in parsed;
}

interface Cursor {
  readonly text: string;
  at: number;
  readonly spans: Map<string, Span>;
}

/** Where a value stands in the whole. */
interface Inside {
  pointer: string;
  depth: number;
  name?: number;
}

class Fault extends Error {
  readonly offset: number;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
  }
}

function documentAt(cursor: Cursor): Json {
  if (cursor.text.startsWith('\ufeff')) throw new Fault(0, 'it begins with a byte order mark');
  const value = valueAt(cursor, { pointer: '', depth: 0 });
  skipSpace(cursor);
  if (cursor.at === cursor.text.length) return value;
  throw unexpected(cursor, 'the end of the text');
}

function valueAt(cursor: Cursor, inside: Inside): Json {
  skipSpace(cursor);
  const start = cursor.at;
  const value = bareValueAt(cursor, inside);
  const { pointer, name } = inside;
  cursor.spans.set(pointer, { start, end: cursor.at, ...(name !== undefined && { name }) });
  return value;
}

function bareValueAt(cursor: Cursor, inside: Inside): Json {
  switch (cursor.text[cursor.at]) {
    case '{':
      return objectAt(cursor, deeper(cursor, inside));
    case '[':
      return listAt(cursor, deeper(cursor, inside));
    case '"':
      return stringAt(cursor);
    default:
      return wordOrNumberAt(cursor);
  }
}

function deeper(cursor: Cursor, { pointer, depth }: Inside): Inside {
  if (depth < MAX_DEPTH) return { pointer, depth: depth + 1 };
  throw new Fault(cursor.at, `objects and lists are nested more than ${MAX_DEPTH} deep`);
}

function objectAt(cursor: Cursor, { pointer, depth }: Inside): Json {
  const object: { [key: string]: Json } = {};
  const names = new Set<string>();
  cursor.at += 1;
  if (takes(cursor, '}')) return object;
  do {
    skipSpace(cursor);
    const name = cursor.at;
    if (cursor.text[name] !== '"') throw unexpected(cursor, 'a name in double quotes');
    const key = stringAt(cursor);
    if (names.has(key)) throw new Fault(name, `the name ${JSON.stringify(key)} stands twice in one object`);
    names.add(key);
    if (!takes(cursor, ':')) throw unexpected(cursor, 'a colon');
    setOwn(object, key, valueAt(cursor, { pointer: pointerOf([key], pointer), depth, name }));
  } while (takes(cursor, ','));
  if (takes(cursor, '}')) return object;
  throw unexpected(cursor, 'a comma or }');
}

function listAt(cursor: Cursor, { pointer, depth }: Inside): Json {
  const list: Json[] = [];
  cursor.at += 1;
  if (takes(cursor, ']')) return list;
  do list.push(valueAt(cursor, { pointer: pointerOf([list.length], pointer), depth }));
  while (takes(cursor, ','));
  if (takes(cursor, ']')) return list;
  throw unexpected(cursor, 'a comma or ]');
}

/** An assignment to `__proto__` would change what the object inherits. */
function setOwn(object: object, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function stringAt(cursor: Cursor): string {
  const start = cursor.at;
  cursor.at += 1;
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at);
    if (Number.isNaN(code)) throw new Fault(start, 'the text that begins here does not end');
    if (code < 0x20) throw new Fault(cursor.at, 'a control character inside a text has to be escaped');
    cursor.at += code === BACKSLASH ? escapeLength(cursor) : 1;
    if (code === QUOTE) return JSON.parse(cursor.text.slice(start, cursor.at)) as string;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function escapeLength({ text, at }: Cursor): number {
  ESCAPE.lastIndex = at;
  const [found] = ESCAPE.exec(text) ?? [];
  if (found === undefined) throw new Fault(at, 'there is no such escape in JSON');
  return found.length;
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const WORD = /[A-Za-z]+/y;

function wordOrNumberAt(cursor: Cursor): Json {
  WORD.lastIndex = cursor.at;
  const [word = ''] = WORD.exec(cursor.text) ?? [];
  const value = WORDS.get(word);
  if (value === undefined) return numberAt(cursor);
  cursor.at += word.length;
  return value;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function numberAt(cursor: Cursor): number {
  NUMBER.lastIndex = cursor.at;
  const [digits] = NUMBER.exec(cursor.text) ?? [];
  if (digits === undefined) throw unexpected(cursor, 'a value');
  const value = Number(digits);
  if (!Number.isFinite(value)) throw new Fault(cursor.at, 'the number is too large');
  cursor.at += digits.length;
  return value;
}

function takes(cursor: Cursor, character: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at += 1;
  return true;
}

const SPACE = /[ \t\n\r]*/y;

function skipSpace(cursor: Cursor): void {
  SPACE.lastIndex = cursor.at;
  SPACE.exec(cursor.text);
  cursor.at = SPACE.lastIndex;
}

function unexpected({ text, at }: Cursor, due: string): Fault {
  const found = text.codePointAt(at);
  if (found === undefined) return new Fault(at, `the text ends where ${due} is due`);
  return new Fault(at, `${due} is due, and here is ${JSON.stringify(String.fromCodePoint(found))}`);
}
