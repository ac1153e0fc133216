import { errors } from '#engines/core/errors.ts';

export const surfaceError = errors({
  'output-failed': {
    exit: 'failed',
    meaning: 'What was printed is not complete; what the action did is done.',
  },
});
