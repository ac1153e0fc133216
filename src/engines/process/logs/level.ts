import type { Level, LogLine } from './types.ts';

/** What programs call their levels. */
const NAMES: Record<string, Level> = {
  trace: 'trace',
  debug: 'debug',
  verbose: 'debug',
  info: 'info',
  information: 'info',
  notice: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  severe: 'error',
  fatal: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  alert: 'fatal',
  panic: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
};

/** Letters at the beginning of a klog line: `E1121 20:44:36.123456`. */
const LETTERS: Record<string, Level> = { I: 'info', W: 'warn', E: 'error', F: 'fatal' };

/** The severities of syslog, from 0 on. */
const SEVERITIES: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];

/** How far into a line its level stands. */
const PREFIX = 80;

const WORD = Object.keys(NAMES).join('|');
const BRACKETED = new RegExp(`[[(<](${WORD})[\\])>]`, 'i');
const SHOUTED = new RegExp(`(?<!\\w)(${WORD.toUpperCase()})(?!\\w)`);
const FIRST = new RegExp(`^(${WORD}):`, 'i');
const ASSIGNED = new RegExp(`\\b(?:level|lvl|severity)="?(${WORD})\\b`, 'i');
const KLOG = /^([IWEF])\d{4} \d\d:\d\d:\d\d/;
/** `TypeError: …`, `java.io.IOException: …`. */
const THROWN = /^(?:Uncaught )?[\w.]*(?:Error|Exception): /;
const COLOURS = /\u001b\[[\d;]*m/g;

/** How grave a line is by what it says of itself; null where it says nothing. */
export function levelOf({ text, json }: Pick<LogLine, 'text' | 'json'>): Level | null {
  if (json) return json.level;
  const start = text.slice(0, PREFIX).replace(COLOURS, '');
  const letter = KLOG.exec(start)?.[1];
  if (letter) return LETTERS[letter] ?? null;
  for (const form of [BRACKETED, FIRST, SHOUTED, ASSIGNED]) {
    const word = form.exec(start)?.[1];
    if (word) return NAMES[word.toLowerCase()] ?? null;
  }
  return THROWN.test(start) ? 'error' : null;
}

/** A level field of JSON: a name, a number of pino or bunyan (10 to 60), or a severity of syslog (0 to 7). */
export function levelIn(value: unknown): Level | null {
  if (typeof value === 'string') return NAMES[value.toLowerCase()] ?? null;
  if (typeof value === 'number') return value < 10 ? (SEVERITIES[value] ?? null) : ofPino(value);
  return null;
}

function ofPino(value: number): Level {
  const step = Math.min(Math.floor(value / 10), 6);
  return (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[step - 1] ?? 'fatal';
}
