import { errors } from '#engines/core/errors.ts';

export const poolError = errors({
  'body-unfit': { exit: 'usage', meaning: 'Nothing was done.' },
  'path-unknown': { exit: 'usage', meaning: 'The pool API has no such path, or not by that method.' },
  'token-wrong': {
    exit: 'denied',
    meaning: 'Only those who can read the token of this user may start and stop workers.',
  },
  'worker-not-waiting': { exit: 'usage', meaning: 'No worker of that name is about to be ready.' },
});
