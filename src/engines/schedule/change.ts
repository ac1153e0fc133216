import { call } from '#engines/core/operation.ts';
import { plansOf } from '#engines/job/change.ts';
import { SCHEDULE } from './noun.ts';
import { schedulePause, scheduleRemove, scheduleResume, scheduleRun } from './operations.ts';

export const { planRemove, planPause, planResume, planRun } = plansOf(SCHEDULE, {
  remove: (definition) => call(scheduleRemove, { definition }),
  pause: (name) => call(schedulePause, { name }),
  resume: (name) => call(scheduleResume, { name }),
  run: (definition, wait) => call(scheduleRun, { definition, wait }),
});
