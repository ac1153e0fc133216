import { errors } from '#engines/core/errors.ts';

export const activityError = errors({
  'activity-unknown': {
    exit: 'usage',
    meaning: 'There is no activity or plan with that identifier on this machine.',
  },
  'activity-running': { exit: 'failed', meaning: 'Its process is still at work on it.' },
});
