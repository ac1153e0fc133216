import { errors } from '#engines/core/errors.ts';

export const logError = errors({
  'log-not-searchable': {
    exit: 'failed',
    meaning: 'Every line is kept; the times of lines written since then are estimates.',
  },
  'log-not-watched': {
    exit: 'failed',
    meaning:
      'Lines are as safe as ever; their times are known to the second, and followers see them a second late.',
  },
  'log-not-shortened': {
    exit: 'failed',
    meaning:
      'The log grows until its process starts anew; it then begins another file, and old ones are removed.',
  },
  'log-not-shortened-yet': {
    exit: 'failed',
    meaning: 'The log is longer than it should be; it is tried again as it grows.',
  },
  'log-emptied': {
    exit: 'failed',
    meaning:
      'Something truncated the file, and what was in it is gone. A program that opens /dev/stdout or /dev/stderr does that; `>&2` and `>> /dev/stderr` do not.',
  },
  'log-unreadable': {
    exit: 'failed',
    meaning: 'What its process writes is where it always was; it is looked at again when something changes.',
  },
  'log-removed': {
    exit: 'failed',
    meaning: 'What its process writes goes nowhere until it is started anew.',
  },
});
