import type { Failure } from '#engines/core/errors.ts';

/** From what only a search for a defect needs to what ends a process. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type Level = (typeof LEVELS)[number];

/** What of a log is kept: at least the last `size` × `count` bytes, and never much more than one `size` beyond them. */
export interface Retention {
  /** Bytes that are given back at a time. */
  size: number;
  count: number;
}

/** What a line says of itself where it is a JSON object. */
export interface JsonLine {
  level: Level | null;
  message: string | null;
  /** Milliseconds since the epoch. */
  time: number | null;
  /** Everything else in it. */
  fields: Record<string, unknown>;
}

export interface LogLine {
  /** Position of its first byte; it stays the same as long as the line is kept. */
  offset: number;
  /** When it was written, milliseconds since the epoch; its own time where it is JSON and tells one. */
  at: number | null;
  /** `at` is an estimate: nobody watched while the line was written, or it is so old that its sample was merged. */
  approximate?: true;
  /** Without its line end; hostile characters are still in it. */
  text: string;
  json?: JsonLine;
  /** The line goes on, and the rest of it was left out. */
  cut?: true;
}

export interface ReadOptions {
  signal: AbortSignal;
  now(): number;
  /** Milliseconds since the epoch, both inclusive. Lines whose time is a range count where the range reaches in. */
  since?: number;
  until?: number;
  /** Position to begin at: the line that begins there or next after it. */
  from?: number;
  /** Position that every line begins before. */
  before?: number;
  /** Only so many of the last lines that pass the filters; 0 leaves out what there is, for following. */
  tail?: number;
  grep?: RegExp;
  /** Leaves out what `grep` finds. */
  invert?: boolean;
  /** The least level; lines that tell none are left out. */
  level?: Level;
  /** Goes on with what is written next, until the signal aborts. */
  follow?: boolean;
}

/** Lines of one log in the order in which they were written. Each iteration reads anew. */
export interface LogReader extends AsyncIterable<LogLine> {
  /** The same in portions as they are read; an empty one says that for now there is no more. */
  batches(): AsyncGenerator<LogLine[]>;
}

/** A line among those of several logs. */
export interface MergedLine extends LogLine {
  /** The name that its reader was given. */
  source: string;
}

export interface KeepOptions {
  now(): number;
  /** Environment of the command that gives disk space back. */
  env: Readonly<Record<string, string | undefined>>;
  /** What went wrong with a log, once per trouble, and that it is over. */
  log?(level: 'warn' | 'info', text: string): void;
}

/** Watches the logs of running processes: samples their growth for searches by time, and holds them to their size. */
export interface LogKeeper {
  /** Takes a log up, or takes it up again: its process has been started anew, or it is kept differently. */
  add(dir: string, retention: Retention): void;
  /** After a last look: the process has ended. */
  remove(dir: string): void;
  /** Why a log can't be searched by time, or grows beyond its size, or was cut by somebody; nothing where all is well. */
  trouble(dir: string): Failure | undefined;
  /** Has looked at every log that grew since the last time; for tests and before a hand-over. */
  settle(): Promise<void>;
  close(): Promise<void>;
}
