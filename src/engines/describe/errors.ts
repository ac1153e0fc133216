import { errors } from '#engines/core/errors.ts';

export const describeError = errors({
  'action-unknown': { exit: 'usage', meaning: 'There is nothing to describe.' },
});
