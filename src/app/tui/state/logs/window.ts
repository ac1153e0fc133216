import type { LogLine } from '#panes/kit/log.ts';

/** Where a window begins or ends in the log of each process, as positions. */
export type Edges = ReadonlyMap<string, number>;

/** Lines of one or several logs without a gap: what is before and after them is in the logs. */
export interface LogWindow {
  lines: readonly LogLine[];
  /** Number of the first line; a line keeps its number whatever comes before and after it. */
  first: number;
  /** Of each process, the position up to which lines are still to be had before it. */
  begins: Edges;
  /** Of each process, the position from which on lines are still to be had after it. */
  ends: Edges;
}

export const NO_LINES: LogWindow = { lines: [], first: 0, begins: new Map(), ends: new Map() };

/** Lines that a window has at most. */
export const MOST = 5_000;

/** The window with newer lines; where it would get too long its oldest go. */
export function withNewer(window: LogWindow, lines: readonly LogLine[]): LogWindow {
  if (lines.length === 0) return window;
  const all = window.lines.concat(lines);
  const gone = Math.max(0, all.length - MOST);
  const begins = new Map(window.begins);
  const ends = new Map(window.ends);
  for (const { process, offset } of lines) {
    if (!begins.has(process)) begins.set(process, offset);
    ends.set(process, offset + 1);
  }
  for (const { process, offset } of all.slice(0, gone)) begins.set(process, offset + 1);
  return { lines: gone > 0 ? all.slice(gone) : all, first: window.first + gone, begins, ends };
}

/** The window with older lines; where it would get too long its newest go. */
export function withOlder(window: LogWindow, lines: readonly LogLine[]): LogWindow {
  if (lines.length === 0) return window;
  const all = [...lines, ...window.lines];
  const begins = new Map(window.begins);
  const ends = new Map(window.ends);
  for (const { process, offset } of lines.toReversed()) {
    begins.set(process, offset);
    if (!ends.has(process)) ends.set(process, offset + 1);
  }
  for (const { process, offset } of all.slice(MOST).reverse()) ends.set(process, offset);
  return { lines: all.slice(0, MOST), first: window.first - lines.length, begins, ends };
}

/** A window of other lines, whose numbers go on from where these end. */
export function anew(window: LogWindow, lines: readonly LogLine[]): LogWindow {
  return withNewer({ ...NO_LINES, first: window.first + window.lines.length }, lines);
}

/** The line with a number, while it is in the window. */
export function lineAt({ lines, first }: LogWindow, number: number): LogLine | undefined {
  return lines[number - first];
}

/** What tells a line from every other for as long as its log keeps it. */
export function lineKey({ process, offset }: Pick<LogLine, 'process' | 'offset'>): string {
  return `${process}@${offset}`;
}
