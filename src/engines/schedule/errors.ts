import { errors } from '#engines/core/errors.ts';

export const scheduleError = errors({
  'schedule-unknown': { exit: 'usage', meaning: 'No schedule of that name is on record.' },
  'schedule-exists': {
    exit: 'failed',
    meaning: 'A name stands for one schedule on this machine; the one that is there was left as it is.',
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
});
