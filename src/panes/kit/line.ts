import { cells, clip, cut, skip } from './cells.ts';

/** What a piece of text means; the theme decides how that looks. */
export type Tone =
  | 'text'
  | 'strong'
  | 'quiet'
  | 'name'
  | 'key'
  | 'good'
  | 'warning'
  | 'bad'
  | 'match'
  | 'mark'
  | 'frame'
  | 'focus';

/** What lies behind a whole line. */
export type Ground = 'selected' | 'resting' | 'marked' | 'cursor' | 'tab';

/** Text that has gone through `plain`, or is the program's own. */
export interface Span {
  text: string;
  tone?: Tone;
  ground?: Ground;
}

export type Line = readonly Span[];

export function span(text: string, tone?: Tone): Span {
  return tone ? { text, tone } : { text };
}

/** What there is of these, with a space between. */
export function spaced(parts: readonly (Span | false)[]): Line {
  return parts
    .filter((part): part is Span => part !== false)
    .flatMap((part, index) => (index === 0 ? [part] : [span(' '), part]));
}

export function lineCells(line: Line): number {
  let width = 0;
  for (const { text } of line) width += cells(text);
  return width;
}

export function textOf(line: Line): string {
  return line.map(({ text }) => text).join('');
}

/** The line in exactly so many cells; its last span carries the mark where something is missing. */
export function fitLine(line: Line, width: number, mark: string): Line {
  const fitted: Span[] = [];
  let room = width;
  for (const [index, one] of line.entries()) {
    const size = cells(one.text);
    const last = line.slice(index + 1).every(({ text }) => text === '');
    if (size > room || (size === room && !last)) {
      const text = size === room ? clip(`${one.text} `, room, mark) : clip(one.text, room, mark);
      fitted.push({ ...one, text });
      room -= cells(text);
      break;
    }
    fitted.push(one);
    room -= size;
  }
  if (room > 0) fitted.push({ text: ' '.repeat(room) });
  return fitted;
}

/** One line with another laid over it at a column; what is underneath keeps its place on both sides. */
export function overlay(under: Line, column: number, over: Line): Line {
  const width = lineCells(over);
  return [...cutLine(under, column), ...over, ...skipLine(under, column + width)];
}

/** The whole line on a ground. */
export function grounded(line: Line, ground: Ground): Line {
  return line.map((one) => ({ ...one, ground }));
}

/** The first cells of a line, filled up with spaces. */
export function cutLine(line: Line, width: number): Line {
  const kept: Span[] = [];
  let room = width;
  for (const one of line) {
    if (room <= 0) break;
    const text = cut(one.text, room);
    kept.push(text === one.text ? one : { ...one, text });
    room -= cells(text);
    if (text !== one.text) break;
  }
  if (room > 0) kept.push({ text: ' '.repeat(room) });
  return kept;
}

/** A line without its first cells. */
export function skipLine(line: Line, width: number): Line {
  const kept: Span[] = [];
  let gone = 0;
  for (const one of line) {
    const size = cells(one.text);
    if (gone + size > width) kept.push(gone >= width ? one : { ...one, text: skip(one.text, width - gone) });
    gone += size;
  }
  return kept;
}
