import { nearest } from '#engines/core/nearest.ts';
import { scheduleError } from '../errors.ts';

/** The zone that is meant; that of this machine unless one is named. */
export function zoneOf(zone: string | null | undefined): string {
  return zone ?? new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
}

/** Throws `schedule-zone`. */
export function requireZone(zone: string): void {
  if (isZone(zone)) return;
  const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
  throw scheduleError(
    'schedule-zone',
    `There is no time zone ${zone}${meant ? `; did you mean ${meant}?` : '.'}`,
    { next: ['timedatectl list-timezones'], ...(meant ? { details: { nearest: meant } } : {}) },
  );
}

/** `2026-03-29T03:00:00+02:00`: a moment as a clock in that zone shows it. */
export function localText(moment: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    ...{
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    },
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(moment);
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const offset = (of.timeZoneName ?? '').replace('GMT', '') || '+00:00';
  return `${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}:${of.second}${offset}`;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
