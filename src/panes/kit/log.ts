import { stripVTControlCharacters } from 'node:util';
import type { LogEvent } from '#engines/process/types.ts';
import { sized } from './cells.ts';
import { type Line, type Span, span, type Tone } from './line.ts';
import type { Look } from './look.ts';
import { plain } from './plain.ts';

type Level = NonNullable<LogEvent['level']>;

/** A line of a log as a terminal may show it. */
export interface LogLine {
  process: string;
  /** Position in the log of its process, which it keeps. */
  offset: number;
  /** Milliseconds since the epoch. */
  at: number | null;
  approximate: boolean;
  level: Level | null;
  /** As it was written. */
  text: string;
  /** What it says and what else is in it, where it is a JSON object with a message. */
  said?: { message: string; fields: string };
}

/** How lines are shown. */
export interface LogManner {
  /** Behind the names of their processes, in so many cells; 0: there is one process. */
  names: number;
  times: boolean;
  /** JSON as it was written. */
  raw: boolean;
}

/** Characters of a line that are kept: nobody reads on, and the log has the rest. */
const LONGEST = 2_000;

/** What comes from a process, made harmless and short enough to be kept by the thousand. */
export function harmless({
  process,
  offset,
  at,
  approximate,
  level,
  text,
  message,
  fields,
}: LogEvent): LogLine {
  return {
    ...{ process: plain(process), offset, at, approximate, level },
    text: readable(text),
    ...(message == null ? {} : { said: { message: readable(message), fields: fieldWords(fields ?? {}) } }),
  };
}

/** The log keeps colours; here they would be noise, and a danger. */
function readable(text: string): string {
  const kept = plain(stripVTControlCharacters(text.slice(0, 2 * LONGEST)));
  return kept.length <= LONGEST && text.length <= 2 * LONGEST ? kept : `${kept.slice(0, LONGEST)} …`;
}

function fieldWords(fields: Record<string, unknown>): string {
  const words = Object.entries(fields).map(([name, value]) => `${name}=${valueWords(value)}`);
  return readable(words.join('  '));
}

function valueWords(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

const LEVELS: Partial<Record<Level, Tone>> = {
  fatal: 'bad',
  error: 'bad',
  warn: 'warning',
  debug: 'quiet',
  trace: 'quiet',
};

/** What stands before a line: when it was written and who wrote it, in the same cells for every line. */
export function logHead({ at, approximate, process }: LogLine, manner: LogManner, look: Look): Line {
  return [
    ...(manner.times ? [span(`${timeWords(at, approximate, look.now).padStart(TIME)}  `, 'quiet')] : []),
    ...(manner.names > 0 ? [span(`${sized(process, manner.names, look.sign('more'))}  `, 'name')] : []),
  ];
}

/** Cells of that. */
export function headCells({ names, times }: LogManner): number {
  return (times ? TIME + GAP : 0) + (names > 0 ? names + GAP : 0);
}

/** What a line says, as grave as it is; of JSON its message first, with its level in words. */
export function logBody({ text, level, said }: LogLine, { raw }: LogManner): Line {
  const tone = level === null ? undefined : LEVELS[level];
  if (!said || raw) return [span(text, tone)];
  const words: Span[] = [
    span(`${(level ?? '').toUpperCase().padEnd(5)} `, tone ?? 'quiet'),
    span(said.message, tone),
  ];
  return said.fields === '' ? words : [...words, span(`  ${said.fields}`, 'quiet')];
}

const TIME = '~00:00:00.000'.length;
const GAP = 2;

/** The time of day; of another day the date with it, and no parts of seconds. */
function timeWords(at: number | null, approximate: boolean, now: number): string {
  if (at === null) return '?';
  const moment = new Date(at);
  const [clock = ''] = moment.toTimeString().split(' ');
  const isToday = moment.toDateString() === new Date(now).toDateString();
  const words = isToday
    ? `${clock}.${String(moment.getMilliseconds()).padStart(3, '0')}`
    : `${two(moment.getMonth() + 1)}-${two(moment.getDate())} ${clock.slice(0, 5)}`;
  return `${approximate ? '~' : ''}${words}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
