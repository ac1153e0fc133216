import { errors } from '#engines/core/errors.ts';

export const invokeError = errors({
  'action-unknown': { exit: 'usage', meaning: 'Nothing was done.' },
  'input-invalid': { exit: 'usage', meaning: 'The input does not fit the action; nothing was done.' },
  'kind-mismatch': { exit: 'usage', meaning: 'A stream is followed, everything else is invoked.' },
  'plan-moved': {
    exit: 'approval',
    meaning: 'The world or the input is not what it was when that plan was shown; nothing was done.',
  },
  'plan-unseen': { exit: 'approval', meaning: 'Only a plan that was shown before can be approved.' },
  'not-approved': { exit: 'approval', meaning: 'The plan was turned down; nothing was done.' },
  'world-moved': {
    exit: 'failed',
    meaning: 'Something else changed this target since the plan was made; it was left alone.',
  },
  'no-such-outcome': {
    exit: 'failed',
    meaning: 'The plan did not foresee this state; this target was left alone.',
  },
  'outcome-unknown': {
    exit: 'failed',
    meaning:
      'Its process died or was cancelled meanwhile, and nobody can tell how far it came: it is not begun again.',
  },
  'activity-taken': {
    exit: 'failed',
    meaning: 'Another process continues it just now; nothing was done here.',
  },
  'retry-mismatch': { exit: 'usage', meaning: 'Nothing was done.' },
  'target-busy': {
    exit: 'failed',
    meaning: 'Another action is changing the same target; it was left alone.',
  },
  refused: { exit: 'failed', meaning: 'It was left as it is.' },
  'retry-nothing': {
    exit: 'usage',
    meaning: 'Nothing of that activity failed, so there is nothing to try again.',
  },
});
