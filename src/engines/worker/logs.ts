import type { Context } from '#engines/core/context.ts';
import { type LogsInput, logsOf } from '#engines/process/logs.ts';
import type { LogEvent } from '#engines/process/types.ts';
import { workersNamed } from './named.ts';

export function followWorkerLogs(
  { names, ...input }: LogsInput & { names: string[] },
  context: Context,
): AsyncGenerator<LogEvent> {
  return logsOf(
    workersNamed(context, names).map(({ spec }) => spec.name),
    input,
    context,
  );
}
