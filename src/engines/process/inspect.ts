import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import { logDirectory } from './files.ts';
import { requireProcess } from './named.ts';
import { readRuns } from './records.ts';
import { rowsOf } from './rows.ts';
import { pidOf } from './signal.ts';
import type { Process, ProcessDetail } from './types.ts';

export async function readInspect({ name }: { name: string }, context: Context): Promise<ProcessDetail> {
  const record = requireProcess(context, name);
  const runs = readRuns(context.use(store), record.spec.name).map(({ identity, ...run }) => ({
    ...run,
    pid: identity === null ? null : pidOf(identity),
  }));
  const [row] = rowsOf([record]) as [Process];
  return { ...row, spec: record.spec, log: logDirectory(context, record.spec.name), runs };
}
