import { isDeepStrictEqual } from 'node:util';
import { isRecord, type Json } from '#engines/core/json.ts';
import { isFault, type JsonText, parseJson, type Span } from './json.ts';
import { pointerOf } from './pointer.ts';

type Names = readonly string[];

/**
 * A JSON text with one value set, everything else as it was written: what is there is replaced, what is missing becomes
 * the last member of its object, laid out like those before it.
 */
export function withValue(json: JsonText, path: Names, value: Json): JsonText {
  const edited = parseJson(rewritten(json, path, value));
  if (isFault(edited) || !isDeepStrictEqual(edited.value, changed(json.value, path, value))) {
    throw new Error(`Setting ${path.join('.')} would change something else as well.`);
  }
  return edited;
}

function rewritten(json: JsonText, path: Names, value: Json): string {
  const name = path.at(-1);
  const above = path.slice(0, -1);
  if (name !== undefined && !objectAt(json.value, above)) return rewritten(json, above, { [name]: value });
  const there = json.spans.get(pointerOf(path));
  const written = valueText(value, path.length, layoutOf(json));
  return there ? splice(json.text, there, written) : withMember(json, path, written);
}

/** What stands at a path of names; a name never means a place in a list. */
function objectAt(value: Json, path: Names): object | undefined {
  const inner = path.reduce<unknown>(
    (outer, name) => (isRecord(outer) && Object.hasOwn(outer, name) ? outer[name] : undefined),
    value,
  );
  return isRecord(inner) ? inner : undefined;
}

function withMember(json: JsonText, path: Names, value: string): string {
  const { text, spans } = json;
  const object = spans.get(pointerOf(path.slice(0, -1))) as Span;
  const depth = path.length;
  const member = `${JSON.stringify(path.at(-1))}: ${value}`;
  const last = endOfLastMember(json, path.slice(0, -1));
  if (last === undefined) {
    const { newline, indent } = layoutOf(json);
    const inside = `${newline}${indent.repeat(depth)}${member}${newline}${indent.repeat(depth - 1)}`;
    return splice(text, { start: object.start + 1, end: object.end - 1 }, inside);
  }
  const { newline, indent } = layoutOf(json, text.slice(object.start, object.end));
  const before = newline === '' ? ', ' : `,${newline}${indent.repeat(depth)}`;
  return splice(text, { start: last, end: last }, before + member);
}

/** Both are empty where it is all on one line. */
interface Layout {
  newline: string;
  indent: string;
}

/** The layout of a part of the text, with the indent of the whole. */
function layoutOf({ text, spans }: JsonText, part = text.trim()): Layout {
  const [newline] = /\r?\n/.exec(part) ?? [];
  if (newline === undefined) return { newline: '', indent: '' };
  for (const [pointer, { name }] of spans) {
    if (name === undefined || pointer.lastIndexOf('/') > 0) continue;
    const before = text.slice(text.lastIndexOf('\n', name) + 1, name);
    if (/^[ \t]+$/.test(before)) return { newline, indent: before };
  }
  return { newline, indent: '  ' };
}

function valueText(value: Json, depth: number, { newline, indent }: Layout): string {
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name)}: ${valueText(inner as Json, depth + 1, { newline, indent })}`,
  );
  if (newline === '') return `{ ${members.join(', ')} }`;
  const line = newline + indent.repeat(depth + 1);
  return `{${line}${members.join(`,${line}`)}${newline}${indent.repeat(depth)}}`;
}

function endOfLastMember({ value, spans }: JsonText, path: Names): number | undefined {
  const names = Object.keys(objectAt(value, path) ?? {});
  // Names that look like numbers come first in an object, wherever they stand in the text.
  const ends = names.map((name) => spans.get(pointerOf([...path, name]))?.end ?? 0);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

function splice(text: string, { start, end }: Span, inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

/** The data with one value set. */
function changed(whole: Json, path: Names, value: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const object = isRecord(whole) ? (whole as { [key: string]: Json }) : {};
  return { ...object, [name]: changed(object[name] ?? null, rest, value) };
}
