import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { OUTCOMES, type Run } from './runs.ts';

const MOMENT = 'milliseconds since the epoch';

export const moment = (description: string, column?: string) =>
  field(z.nullable(z.number()), { description, unit: MOMENT, ...(column ? { column } : {}) });

/** What every run has to show. */
export const runFields = {
  id: field(z.number(), { description: 'Number of the run', column: 'RUN' }),
  state: field(z.enum(['waiting', 'begun', 'ended']), { description: 'How far it is', column: 'STATE' }),
  startedAt: moment('Start', 'STARTED'),
  endedAt: moment('End', 'ENDED'),
  outcome: field(z.nullable(z.enum(OUTCOMES)), { description: 'How it ended', column: 'OUTCOME' }),
  said: field(z.nullable(z.string()), { description: 'What it ended with', column: 'SAID' }),
  activity: field(z.nullable(z.string()), { description: 'The activity that it is', column: 'ACTIVITY' }),
  process: field(z.nullable(z.string()), { description: 'The process that a command runs as' }),
};

/** The same of one run. */
export function runRowOf({ id, state, startedAt, endedAt, outcome, said, activity, process }: Run) {
  return { id, state, startedAt, endedAt, outcome, said, activity, process };
}
