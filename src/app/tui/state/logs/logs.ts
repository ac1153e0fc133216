import type { Failure } from '#engines/core/errors.ts';
import type { LogLine } from '#panes/kit/log.ts';
import type { Call } from '#panes/pane.ts';
import type { LogWindow } from './window.ts';

/** Log views, and how a person likes them. */
export interface Logs {
  /** The one that is shown. */
  view?: LogView;
  wrap: boolean;
  times: boolean;
  /** JSON as it was written. */
  raw: boolean;
  /** Marked lines, by their keys. */
  marks: ReadonlyMap<string, Mark>;
}

/** A line that a person comes back to. */
export type Mark = Pick<LogLine, 'process' | 'offset' | 'at'>;

/** The logs of the chosen rows, a part of them at a time. */
export interface LogView {
  /** The rows that they are of. */
  about: string;
  /** What those are called. */
  title: string;
  processes: readonly string[];
  range: LogRange;
  window: LogWindow;
  status: 'reading' | 'live' | 'still';
  failure?: Failure;
  /** Nothing older is to be had. */
  isWhole: boolean;
  /** Its last line is the newest of all: what comes is added to it. */
  reaches: boolean;
  /** What has to be read from the logs. */
  wants?: Want;
  /** The first shown line by its number, and its rows that are out of sight; absent where the end is followed. */
  top?: Place;
  /** Lines that have come since the end was left, and whether some were not even counted. */
  missed: { lines: number; more: boolean };
  /** Number of the line that was gone to last: a match, a mark. */
  found?: number;
}

export interface Place {
  number: number;
  row: number;
}

/** Which lines are shown at all, as the headless form takes it. */
export type LogRange = Readonly<
  Partial<Record<'since' | 'until' | 'grep' | 'level', string> & { invert: boolean }>
>;

/** Lines that are in the logs and not in the window. */
export type Want =
  | { kind: 'newest' }
  | { kind: 'oldest' }
  | { kind: 'older' }
  | { kind: 'newer' }
  /** From a moment on, as the headless form takes it. */
  | { kind: 'moment'; since: string }
  /** The next line that has what is searched for. */
  | { kind: 'match'; step: 1 | -1; search: string }
  /** From a line on. */
  | ({ kind: 'line' } & Mark);

export const NO_LOGS: Logs = { wrap: false, times: false, raw: false, marks: new Map() };

export function isFollowing({ top }: Pick<LogView, 'top'>): boolean {
  return top === undefined;
}

/** The call that prints the same headless. */
export function logsCall({ processes, range }: LogView): Call {
  return { action: 'process.logs', input: { names: processes, ...range } };
}
