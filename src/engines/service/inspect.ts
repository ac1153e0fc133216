import type { Context } from '#engines/core/context.ts';
import { readInspect } from '#engines/process/inspect.ts';
import { lastLines } from '#engines/process/logs.ts';
import type { LogEvent, ProcessDetail } from '#engines/process/types.ts';
import type { Definition } from './definition.ts';
import { serviceRows } from './list.ts';
import { type Kept, servicesNamed } from './named.ts';
import type { ServiceRow } from './row.ts';

export interface ServiceDetail {
  service: Omit<ServiceRow, 'processes'>;
  definition: Definition;
  processes: ProcessDetail[];
  lines: LogEvent[];
}

/** All that is known of one service, with the last lines that it wrote. */
export async function readServiceInspect(
  { name, tail }: { name: string; tail: number },
  context: Context,
): Promise<ServiceDetail> {
  const [kept] = servicesNamed(context, [name]) as [Kept];
  const [{ processes: _, ...service }] = serviceRows([kept]) as [ServiceRow];
  const names = kept.replicas.map(({ spec }) => spec.name);
  return {
    service,
    definition: kept.definition,
    processes: await Promise.all(names.map((name) => readInspect({ name }, context))),
    lines: await lastLines(names, tail, context),
  };
}
