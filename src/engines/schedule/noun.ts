import type { Noun } from '#engines/job/noun.ts';
import { bootOfMachine } from './clock/boot.ts';
import { withStretch } from './clock/stretches.ts';
import type { Definition } from './definition.ts';
import { scheduleError } from './errors.ts';
import { scheduleDefinition } from './facts.ts';
import { type Progress, schedules } from './records.ts';

export const SCHEDULE: Noun<Definition, Progress> = {
  kind: 'schedule',
  records: schedules,
  fact: scheduleDefinition,
  fromNowOn,
  unknown: (message, next) => scheduleError('schedule-unknown', message, { next }),
};

/** What was decided stays so; what comes is still open, and this start of the machine was before. */
function fromNowOn(known: Progress | undefined, now: number): Progress {
  return {
    decided: withStretch(known?.decided ?? [], { from: now, until: now }),
    boot: bootOfMachine(),
    passed: known?.passed ?? null,
  };
}
