import { durationOf } from '#engines/core/duration.ts';
import { processError } from './errors.ts';

/**
 * A moment as people say it, in milliseconds since the epoch: how long ago (`10m`, `1h30m`), a time of the last 24 hours
 * (`14:30`, `14:30:05`), or a date with or without a time (`2026-01-31`, `2026-01-31T14:30`), all of this machine's zone
 * unless it names another. Throws `log-time`.
 */
export function momentOf(text: string, now: number): number {
  const ago = durationOf(text);
  if (ago !== undefined) return now - ago;
  const clock = /^(\d\d?):(\d\d)(?::(\d\d))?$/.exec(text);
  if (clock)
    return lastAt(
      clock.slice(1).map((part) => Number(part ?? 0)),
      now,
    );
  // A date alone would be taken as one of UTC.
  const time = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
  if (/^\d{4}-/.test(text) && !Number.isNaN(time)) return time;
  throw processError('log-time', `${text} is no moment.`, { next: ['gantry process logs … --since 10m'] });
}

function lastAt([hours = 0, minutes = 0, seconds = 0]: readonly number[], now: number): number {
  const today = new Date(now);
  today.setHours(hours, minutes, seconds, 0);
  if (today.getTime() > now) today.setDate(today.getDate() - 1);
  return today.getTime();
}
