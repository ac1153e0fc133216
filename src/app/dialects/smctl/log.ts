import { appendFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { tellLines } from '#app/surface/streams.ts';
import { visible } from '#engines/core/visible.ts';
import type { Ended, Manner } from '../dialect.ts';

/** Levels as smctl calls them, and the severities of RFC 5424 that they are. */
export const LEVELS = { error: 3, warn: 4, info: 6, debug: 7, trace: 7 } as const;

export type Level = keyof typeof LEVELS;

/** The facility local0, as RFC 5424 counts. */
const FACILITY = 16;

/** What happened, by the command that it came of; all else is uncategorised. */
const MESSAGE_IDS: Readonly<Record<string, string>> = {
  'workspace.init': 'SMCTL-0001',
  feat: 'SMCTL-0004',
  'flow.feature.start': 'SMCTL-0004',
  done: 'SMCTL-0005',
  'flow.feature.finish': 'SMCTL-0005',
};

const UNCATEGORISED = 'SMCTL-0099';

/** Arguments that tell what a command was about; an address may have a password in it. */
const TOLD = ['name', 'version', 'repo', 'path'] as const;

/** One line for a command that has ended, in the file that was named, else on the standard error. */
export function log(ended: Ended, { log: wanted }: Manner): void {
  const level: Level = ended.failure ? 'error' : 'info';
  if (!wanted || LEVELS[level] > LEVELS[wanted.level]) return;
  const line = logLine(ended, { level, at: new Date(), host: hostname(), pid: process.pid });
  if (wanted.file === undefined) tellLines([line]);
  else append(wanted.file, line);
}

/** A command is not undone by a log that can't be written. */
function append(file: string, line: string): void {
  try {
    appendFileSync(file, `${line}\n`);
  } catch (thrown) {
    tellLines([`smctl: the log could not be written: ${visible((thrown as Error).message)}`]);
  }
}

interface Origin {
  level: Level;
  at: Date;
  host: string;
  pid: number;
}

/** As RFC 5424 has it. */
export function logLine(
  { command, given, planned, failure }: Ended,
  { level, at, host, pid }: Origin,
): string {
  const id = (!failure && !planned && MESSAGE_IDS[command]) || UNCATEGORISED;
  const values = {
    command: command.replaceAll('.', ' '),
    ...Object.fromEntries(TOLD.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]))),
    ...(failure && { code: failure.code }),
  };
  const pairs = Object.entries(values).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  const head = `<${FACILITY * 8 + LEVELS[level]}>1 ${at.toISOString()} ${host} smctl ${pid} ${id}`;
  return `${head} [SMCTL@32473 ${pairs.join(' ')}] ${visible(failure?.message ?? (planned ? 'planned' : 'done'))}`;
}

function escaped(value: string): string {
  return visible(value).replaceAll(/["\\\]]/g, '\\$&');
}
