import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { isNamed } from '#engines/process/named.ts';
import { type ProcessRecord, readProcesses } from '#engines/process/records.ts';
import { store } from '#engines/store/store.ts';
import { workerError } from './errors.ts';

/** Every worker on record. */
export function keptWorkers(context: Context): ProcessRecord[] {
  return readProcesses(context.use(store)).filter(({ spec }) => spec.kind === 'worker');
}

/** Workers by their names or pids; all of them for no names. Throws `worker-unknown`. */
export function workersNamed(context: Context, names: readonly string[]): ProcessRecord[] {
  const kept = keptWorkers(context);
  if (names.length === 0) return kept;
  return names.map((name) => {
    const found = kept.find((worker) => isNamed(worker, name));
    if (found) return found;
    throw unknown(name, kept);
  });
}

function unknown(name: string, kept: readonly ProcessRecord[]): GantryError {
  const meant = nearest(
    name,
    kept.map(({ spec }) => spec.name),
  );
  return workerError(
    'worker-unknown',
    `There is no worker ${name}${meant ? `; did you mean ${meant}?` : '.'}`,
    {
      next: [...(meant ? [`gantry worker inspect ${quote(meant)}`] : []), 'gantry worker list'],
    },
  );
}
