import type { Context } from '#engines/core/context.ts';
import { type LogsInput, logsOf } from '#engines/process/logs.ts';
import type { LogEvent } from '#engines/process/types.ts';
import { requireOwn } from './found.ts';

export async function* followWorkerLogs(
  { names, ...input }: LogsInput & { names: string[] },
  context: Context,
): AsyncGenerator<LogEvent> {
  const workers = await requireOwn(context, names);
  yield* logsOf(
    workers.map(({ spec }) => spec.name),
    input,
    context,
  );
}
