import { bytes } from '#engines/core/bytes.ts';
import { visible, visibleJson } from '#engines/core/visible.ts';

/** One value as a cell of a table or behind a key: text made safe, times as ages, durations and sizes in words. */
export function formatValue(value: unknown, unit: string | undefined, now: number): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return formatNumber(value, unit, now);
  if (typeof value === 'string') return unit === 'RFC 3339' ? moment(value, now) : visible(value);
  if (Array.isArray(value)) return value.map((one) => formatValue(one, unit, now)).join(', ');
  return visibleJson(value);
}

function formatNumber(value: number, unit: string | undefined, now: number): string {
  switch (unit) {
    case 'milliseconds since the epoch':
      return fromNow(value - now);
    case 'seconds since the epoch':
      return fromNow(value * 1000 - now);
    case 'milliseconds':
      return duration(value);
    case 'bytes':
      return bytes(value);
    default:
      return String(value);
  }
}

/** Before or behind now, in the coarsest unit that says something. */
function moment(text: string, now: number): string {
  const away = Date.parse(text) - now;
  if (Number.isNaN(away)) return visible(text);
  return away > 0 ? `in ${coarse(away) ?? 'a moment'}` : age(-away);
}

/** `in 3 min`, or `3 min ago`. */
function fromNow(away: number): string {
  const ahead = coarse(away);
  return ahead === undefined ? age(-away) : `in ${ahead}`;
}

const STEPS: [number, string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** `3 min ago`, in the coarsest unit that says something. */
export function age(milliseconds: number): string {
  const told = coarse(milliseconds);
  return told === undefined ? 'now' : `${told} ago`;
}

/** Undefined below the smallest unit. */
export function coarse(milliseconds: number): string | undefined {
  const step = STEPS.find(([size]) => milliseconds >= size);
  return step && `${Math.floor(milliseconds / step[0])} ${step[1]}`;
}

export function duration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
