import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { scheduleError } from '../errors.ts';
import { type CronField, fieldsOf } from './fields.ts';
import { AT_BOOT, type Moments, momentsOf } from './moments.ts';
import { requireZone } from './zone.ts';

export const SHORTCUTS = [
  '@hourly',
  '@daily',
  '@midnight',
  '@weekly',
  '@monthly',
  '@yearly',
  '@annually',
  AT_BOOT,
] as const;

/** An expression in its one spelling. Throws `schedule-cron`, which names the field that is wrong, and `schedule-zone`. */
export function parseCron(given: string, zone: string): { expression: string; moments: Moments | undefined } {
  const expression = given.trim().split(/\s+/).join(' ');
  requireZone(zone);
  if (expression.startsWith('@')) return shortcut(expression.toLowerCase(), zone);
  const parts = expression === '' ? [] : expression.split(' ');
  const fields = fieldsOf(parts.length);
  if (!fields) throw miscounted(expression, parts.length);
  const wrong = parts.findIndex((_, at) => !isTaken(parts, at, zone));
  if (wrong !== -1) throw misfit(fields[wrong] as CronField, parts[wrong] as string);
  return { expression, moments: momentsOf(expression, zone) };
}

/** The same, of what has a moment after this one. Throws `schedule-never` as well. */
export function parseComing(given: string, zone: string, now: number): string {
  const { expression, moments } = parseCron(given, zone);
  if (!moments || moments.after(now) !== undefined) return expression;
  throw scheduleError('schedule-never', `${expression} never comes.`, {
    next: [`gantry schedule next ${quote('0 0 L * *')}`],
  });
}

function shortcut(expression: string, zone: string) {
  if (expression === AT_BOOT) return { expression, moments: undefined };
  if ((SHORTCUTS as readonly string[]).includes(expression)) {
    return { expression, moments: momentsOf(expression, zone) };
  }
  const meant = nearest(expression, SHORTCUTS);
  throw scheduleError(
    'schedule-cron',
    `There is no ${expression}${meant ? `; did you mean ${meant}?` : '.'}`,
    {
      next: [`gantry schedule next ${quote(meant ?? '@daily')}`],
      details: { known: [...SHORTCUTS] },
    },
  );
}

/** Whether one part is all right where it stands, whatever the others are. */
function isTaken(parts: readonly string[], at: number, zone: string): boolean {
  try {
    momentsOf(parts.map((part, index) => (index === at ? part : '*')).join(' '), zone);
    return true;
  } catch {
    return false;
  }
}

function misfit({ name, takes }: CronField, part: string): GantryError {
  return scheduleError(
    'schedule-cron',
    `The ${name} can't be ${part}: it takes ${takes}, * for each, lists (1,3), ranges (1-5) and steps (*/5).`,
    { next: [`gantry schedule next ${quote('*/5 * * * *')}`], details: { field: name, given: part } },
  );
}

function miscounted(expression: string, count: number): GantryError {
  const what =
    expression === ''
      ? 'An empty text is'
      : `${expression} has ${count} ${count === 1 ? 'field' : 'fields'} and is`;
  return scheduleError('schedule-cron', `${what} no cron expression.`, {
    next: [`gantry schedule next ${quote('*/5 * * * *')}`, 'gantry schedule next @daily'],
    details: { fields: count },
  });
}
