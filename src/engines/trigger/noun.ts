import type { Noun } from '#engines/job/noun.ts';
import type { Definition } from './definition.ts';
import { triggerError } from './errors.ts';
import { triggerDefinition } from './facts.ts';
import { type Progress, triggers } from './records.ts';

export const TRIGGER: Noun<Definition, Progress> = {
  kind: 'trigger',
  records: triggers,
  fact: triggerDefinition,
  fromNowOn: (known, now) => ({ since: now, passed: known?.passed ?? null }),
  unknown: (message, next) => triggerError('trigger-unknown', message, { next }),
};
