import { errors } from '#engines/core/errors.ts';

export const processError = errors({
  'process-unknown': { exit: 'usage', meaning: 'No process of that name, or with that pid, is kept.' },
  'processes-left': { exit: 'failed', meaning: 'It is about to end; what runs goes on.' },
  'process-exists': { exit: 'failed', meaning: 'A name stands for one process on this machine.' },
  'process-not-running': { exit: 'failed', meaning: 'There is nothing to signal.' },
  'process-not-ready': {
    exit: 'failed',
    meaning: 'It was started, and did not come to do what it is there for.',
  },
  'process-red': {
    exit: 'failed',
    meaning: 'Something that is to run does not, or does not do what it is there for.',
  },
  'process-start-failed': { exit: 'failed', meaning: 'The program could not be started.' },
  'process-reused': {
    exit: 'failed',
    meaning: 'Its pid belongs to another process by now, which was left alone.',
  },
  'signal-unknown': { exit: 'usage', meaning: 'Signals go by their names: HUP, USR1, TERM.' },
  'log-time': {
    exit: 'usage',
    meaning: 'A moment is how long ago, or a time: 10m, 1h30m, 14:30, 2026-01-31T14:30.',
  },
  'log-pattern': { exit: 'usage', meaning: 'A pattern is a regular expression.' },
});
