import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import { readProcesses } from './records.ts';
import { rowsOf } from './rows.ts';
import type { Process } from './types.ts';

export interface ListInput {
  names: string[];
}

export async function readList({ names }: ListInput, context: Context): Promise<{ processes: Process[] }> {
  const records = readProcesses(context.use(store));
  const wanted = names.length === 0 ? records : records.filter(({ spec }) => names.includes(spec.name));
  return { processes: rowsOf(wanted) };
}
