import { took } from './age.ts';
import { type Line, spaced, span } from './line.ts';
import type { Look } from './look.ts';

export interface Progress {
  done: number;
  total: number;
  /** A second, of late. */
  rate: number;
  /** Milliseconds; null where nobody knows. */
  remaining: number | null;
}

const CELLS = 10;

/** How far something is: a share, a bar, and what comes a second. What is cut off first says least. */
export function progressLine({ done, total, rate, remaining }: Progress, look: Look, size: Size): Line {
  const share = total === 0 ? 1 : Math.min(done / total, 1);
  return spaced([
    span(`${Math.floor(share * 100)} %`.padStart(4)),
    span(barOf(share, look), 'name'),
    rate > 0 && span(`${size(rate)}/s`, 'quiet'),
    remaining !== null && span(`${took(remaining)} left`, 'quiet'),
  ]);
}

/** A figure with its unit, in few characters. */
export type Size = (count: number) => string;

/** Filled from the left, the last cell as far as its share goes. */
function barOf(share: number, look: Look): string {
  const steps = look.sign('steps');
  const full = steps.at(-1) as string;
  const filled = Math.floor(share * CELLS);
  const rest = share * CELLS - filled;
  const part = filled < CELLS && rest > 0 ? (steps[Math.floor(rest * steps.length)] ?? '') : '';
  return `${full.repeat(filled)}${part}`.padEnd(CELLS);
}
