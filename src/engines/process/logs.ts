import type { Context } from '#engines/core/context.ts';
import { processError } from './errors.ts';
import { logDirectory } from './files.ts';
import { levelOf } from './logs/level.ts';
import { mergeLogs } from './logs/merge.ts';
import { filesOf } from './logs/open.ts';
import { readLog } from './logs/read.ts';
import type { Level, MergedLine } from './logs/types.ts';
import { momentOf } from './moment.ts';
import { requireProcess } from './named.ts';
import type { LogEvent } from './types.ts';

const TAIL = 100;

/** What every action that shows logs takes besides names. */
export interface LogsInput {
  tail?: number;
  follow: boolean;
  since?: string;
  until?: string;
  from?: number;
  before?: number;
  grep?: string;
  invert: boolean;
  level?: Level;
}

export function followLogs(
  { names, ...input }: LogsInput & { names: string[] },
  context: Context,
): AsyncGenerator<LogEvent> {
  return logsOf(
    names.map((name) => requireProcess(context, name).spec.name),
    input,
    context,
  );
}

/** The lines of several processes by time: the last ones, or those of a time, and then what comes. */
export async function* logsOf(
  processes: readonly string[],
  { tail, follow, since, until, from, before, grep, invert, level }: LogsInput,
  context: Context,
): AsyncGenerator<LogEvent> {
  const now = context.now();
  const hasBeginning = since !== undefined || from !== undefined;
  const options = {
    ...{ signal: context.signal, now: context.now, follow, invert, level, from, before },
    tail: tail ?? (hasBeginning ? undefined : TAIL),
    ...(since === undefined ? {} : { since: momentOf(since, now) }),
    ...(until === undefined ? {} : { until: momentOf(until, now) }),
    ...(grep === undefined ? {} : { grep: patternOf(grep) }),
  };
  const readers = processes.map((name) => [name, readLog(logDirectory(context, name), options)] as const);
  for await (const line of mergeLogs(readers)) yield eventOf(line);
}

export async function lastLines(
  processes: readonly string[],
  count: number,
  context: Context,
): Promise<LogEvent[]> {
  const lines = await Array.fromAsync(
    logsOf(processes, { tail: count, follow: false, invert: false }, context),
  );
  return lines.slice(-count);
}

/** The last lines of the run that begins at a position of the newest file. */
export async function lastLinesOfRun(
  { process, logAt, count }: { process: string; logAt: number; count: number },
  context: Context,
): Promise<LogEvent[]> {
  const begin = (filesOf(logDirectory(context, process)).at(-1)?.base ?? 0) + logAt;
  return (await lastLines([process], count, context)).filter(({ offset }) => offset >= begin);
}

function eventOf(line: MergedLine): LogEvent {
  const { source, at, approximate = false, offset, text, json } = line;
  return {
    ...{ process: source, at, approximate, offset, text, level: levelOf(line) },
    ...(json ? { message: json.message, fields: json.fields as LogEvent['fields'] } : {}),
  };
}

/** Throws `log-pattern`. */
function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, 'u');
  } catch (cause) {
    throw processError('log-pattern', `${text} is no pattern: ${(cause as Error).message}.`, {
      next: ["gantry process logs … --grep 'failed|refused'"],
      cause,
    });
  }
}
