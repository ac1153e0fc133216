const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly [unit: string, seconds: number, until: number][] = [
  ['m', MINUTE, HOUR],
  ['h', HOUR, DAY],
  ['d', DAY, 14 * DAY],
  ['w', 7 * DAY, 60 * DAY],
  ['mo', 30 * DAY, 365 * DAY],
  ['y', 365 * DAY, Number.POSITIVE_INFINITY],
];

/** How long ago, in steps so coarse that it rarely changes: `now`, `5m`, `3h`, `2d`, `6w`, `4mo`, `2y`. */
export function age(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < MINUTE) return 'now';
  const [unit, size] = STEPS.find(([, , until]) => seconds < until) as (typeof STEPS)[number];
  return `${Math.floor(seconds / size)}${unit}`;
}

/** The same as a part of a sentence: `just now`, `5m ago`. */
export function ago(milliseconds: number): string {
  return milliseconds < MINUTE * 1000 ? 'just now' : `${age(milliseconds)} ago`;
}

/** How long something took: `80 ms`, `1.4 s`, `2 min`. */
export function took(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}
