import { visible, visibleJson } from '#engines/core/visible.ts';

/** One value as a cell of a table or behind a key: text made safe, times as ages, durations and sizes in words. */
export function formatValue(value: unknown, unit: string | undefined, now: number): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return formatNumber(value, unit, now);
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map((one) => formatValue(one, unit, now)).join(', ');
  return visibleJson(value);
}

function formatNumber(value: number, unit: string | undefined, now: number): string {
  switch (unit) {
    case 'milliseconds since the epoch':
      return age(now - value);
    case 'seconds since the epoch':
      return age(now - value * 1000);
    case 'milliseconds':
      return duration(value);
    case 'bytes':
      return bytes(value);
    default:
      return String(value);
  }
}

const STEPS: [number, string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** `3 min ago`, in the coarsest unit that says something. */
export function age(milliseconds: number): string {
  const step = STEPS.find(([size]) => milliseconds >= size);
  return step ? `${Math.floor(milliseconds / step[0])} ${step[1]} ago` : 'now';
}

export function duration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
  const scaled = count / 1000 ** power;
  return `${power === 0 || scaled >= 10 ? Math.round(scaled) : scaled.toFixed(1)} ${units[power]}`;
}
