import { call } from '#engines/core/operation.ts';
import { plansOf } from '#engines/job/change.ts';
import { TRIGGER } from './noun.ts';
import { triggerFire, triggerPause, triggerRemove, triggerResume } from './operations.ts';

export const { planRemove, planPause, planResume, planRun } = plansOf(TRIGGER, {
  remove: (definition) => call(triggerRemove, { definition }),
  pause: (name) => call(triggerPause, { name }),
  resume: (name) => call(triggerResume, { name }),
  run: (definition, wait) => call(triggerFire, { definition, wait }),
});
