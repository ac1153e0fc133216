import type { Context } from '#engines/core/context.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { store } from '#engines/store/store.ts';
import { scheduleError } from './errors.ts';
import { readSchedules, type Schedule } from './records.ts';

/** Schedules by their names; all of them for no names. Throws `schedule-unknown`. */
export function schedulesNamed(context: Pick<Context, 'use'>, names: readonly string[]): Schedule[] {
  const known = readSchedules(context.use(store));
  if (names.length === 0) return known;
  return [...new Set(names)].map((name) => {
    const found = known.find(({ definition }) => definition.name === name);
    if (found) return found;
    throw unknown(name, known);
  });
}

function unknown(name: string, known: readonly Schedule[]) {
  const meant = nearest(
    name,
    known.map(({ definition }) => definition.name),
  );
  return scheduleError(
    'schedule-unknown',
    `There is no schedule ${name}${meant ? `; did you mean ${meant}?` : '.'}`,
    { next: [...(meant ? [`gantry schedule list ${quote(meant)}`] : []), 'gantry schedule list'] },
  );
}
