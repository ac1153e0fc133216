import { isDeepStrictEqual } from 'node:util';
import { parseDocument, patch } from '@decimalturn/toml-patch';
import { isRecord } from '#engines/core/json.ts';
import { type Block, blocksOf } from './blocks.ts';
import { workspaceError } from './errors.ts';
import { parseToml } from './toml.ts';

export type Data = Record<string, unknown>;
export type Lines = string[];

interface Rewriting {
  /** The change to the text by whole lines; leaves them alone where the text is written inline. */
  splice(lines: Lines, blocks: Block[]): void;
  /** The same change to the data, which the result is compared with. */
  change(data: Data): void;
}

/**
 * Rewrites whole lines, so that all others stay as they are, and takes the result only when it says exactly what was
 * meant. What is written inline is left to the patcher, which moves comments in arrays of tables but not inside a line.
 */
export function rewrite(text: string, { splice, change }: Rewriting): string {
  const meant = dataOf(text);
  change(meant);
  const isMeant = (result: string) => isDeepStrictEqual(withoutEmpty(dataOf(result)), withoutEmpty(meant));
  const result =
    attempt(() => spliced(text, splice), isMeant) ?? attempt(() => patched(text, change), isMeant);
  if (result !== undefined) return result;
  throw workspaceError(
    'manifest-unpatchable',
    'The manifest is written in a way that could not be changed safely.',
    // Which file it is, and that it is to be edited by hand, the workspace itself says.
    { next: ['gantry workspace show'] },
  );
}

export function insert(lines: Lines, after: number, added: readonly string[]): void {
  const ending = lines[0]?.endsWith('\r') ? '\r' : '';
  lines.splice(after + 1, 0, ...added.map((line) => `${line}${ending}`));
}

/** Takes lines away with the blank lines around them that only set them apart. */
export function cut(lines: Lines, { first, last }: { first: number; last: number }): void {
  let end = last + 1;
  while (end < lines.length && isBlank(lines[end])) end++;
  let start = first;
  if (end === lines.length) while (start > 0 && isBlank(lines[start - 1])) start--;
  lines.splice(start, end - start);
}

/** The last line that says something; -1 in an empty text. */
export function lastLine(lines: Lines): number {
  return lines.findLastIndex((line) => !isBlank(line));
}

function isBlank(line: string | undefined): boolean {
  return line?.trim() === '';
}

function attempt(make: () => string, isMeant: (result: string) => boolean): string | undefined {
  try {
    const result = make();
    return isMeant(result) ? result : undefined;
  } catch {
    return undefined;
  }
}

function spliced(text: string, splice: Rewriting['splice']): string {
  const lines = text.split('\n');
  splice(lines, blocksOf(text));
  const result = lines.join('\n');
  return result === '' || result.endsWith('\n') ? result : `${result}\n`;
}

function patched(text: string, change: Rewriting['change']): string {
  const data = parseDocument(text).toJsObject as Data;
  change(data);
  const result = patch(text, data);
  if (!isDeepStrictEqual(commentsOf(result), commentsOf(text))) throw new Error('The patch lost a comment.');
  return result;
}

function commentsOf(text: string): string[] {
  const comments: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, raw } = node as { type?: unknown; raw?: unknown };
    if (type === 'Comment') comments.push(String(raw));
    else for (const inner of Object.values(node)) visit(inner);
  };
  visit([...parseDocument(text).cst]);
  return comments.toSorted();
}

// The parser's objects have no prototype; clones have one, like those that a change adds.
function dataOf(text: string): Data {
  return structuredClone(parseToml(text));
}

// Whether a table that says nothing is written out is a matter of style.
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isRecord(value) || value instanceof Date) return value;
  const kept = Object.entries(value).map(([key, inner]) => [key, withoutEmpty(inner)] as const);
  return Object.fromEntries(
    kept.filter(([, inner]) => !isRecord(inner) || inner instanceof Date || Object.keys(inner).length > 0),
  );
}
