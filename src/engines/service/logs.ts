import type { Context } from '#engines/core/context.ts';
import { type LogsInput, logsOf } from '#engines/process/logs.ts';
import type { LogEvent } from '#engines/process/types.ts';
import { servicesNamed } from './named.ts';

export function followServiceLogs(
  { names, ...input }: LogsInput & { names: string[] },
  context: Context,
): AsyncGenerator<LogEvent> {
  const replicas = servicesNamed(context, names).flatMap(({ replicas }) => replicas);
  return logsOf(
    replicas.map(({ spec }) => spec.name),
    input,
    context,
  );
}
