import type { Context } from '#engines/core/context.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { store } from '#engines/store/store.ts';
import { processError } from './errors.ts';
import { type ProcessRecord, readProcess, readProcesses } from './records.ts';
import { pidOf } from './signal.ts';

/** A process by its name or its pid. Throws `process-unknown`. */
export function requireProcess(context: Context, named: string): ProcessRecord {
  const opened = context.use(store);
  const found = readProcess(opened, named) ?? readProcesses(opened).find((one) => isNamed(one, named));
  if (found) return found;
  const names = readProcesses(opened).map(({ spec }) => spec.name);
  const meant = nearest(named, names);
  throw processError(
    'process-unknown',
    `There is no process ${named}${meant ? `; did you mean ${meant}?` : '.'}`,
    {
      next: [...(meant ? [`gantry process inspect ${quote(meant)}`] : []), 'gantry process list'],
    },
  );
}

/** By its name or its pid. */
export function isNamed({ spec, status }: ProcessRecord, name: string): boolean {
  return spec.name === name || (status.identity !== null && String(pidOf(status.identity)) === name);
}
