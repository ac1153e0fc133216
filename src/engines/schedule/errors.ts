import { errors } from '#engines/core/errors.ts';

export const scheduleError = errors({
  'schedule-unknown': { exit: 'usage', meaning: 'No schedule of that name is on record.' },
  'schedule-exists': {
    exit: 'failed',
    meaning: 'A name stands for one schedule on this machine; the one that is there was left as it is.',
  },
  'schedule-nothing': {
    exit: 'usage',
    meaning: 'A schedule runs one thing: an artifact, an action or a command.',
  },
  'schedule-cron': {
    exit: 'usage',
    meaning:
      'A cron expression has five fields (minute, hour, day of the month, month, day of the week), or six with the second before them.',
  },
  'schedule-never': { exit: 'usage', meaning: 'No such day comes, so that nothing would ever run.' },
  'schedule-zone': {
    exit: 'usage',
    meaning: 'A time zone goes by its name in the IANA database: Europe/Berlin, UTC.',
  },
  'schedule-action': {
    exit: 'usage',
    meaning: 'Commands can be scheduled: what they do stands in the journal, so that it is done once.',
  },
  'schedule-input': { exit: 'usage', meaning: 'It would fail each time; nothing was done.' },
  'schedule-secret': {
    exit: 'usage',
    meaning: 'What a schedule runs is kept and shown, and secrets are neither.',
  },
  'schedule-workspace': {
    exit: 'workspace',
    meaning: 'A schedule runs in the workspace in which it was added.',
  },
  'schedule-busy': {
    exit: 'failed',
    meaning: 'Its runs do not overlap; the one that goes on was left alone.',
  },
  'schedule-run-failed': { exit: 'failed', meaning: 'It was run, and that did not come out well.' },
});
