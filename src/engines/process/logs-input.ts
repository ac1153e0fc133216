import * as z from 'zod/mini';
import { field, flag, text } from '#engines/core/fields.ts';
import { LEVELS } from './logs/types.ts';

/** The options of every action that shows logs. */
export function logsInput() {
  return {
    tail: field(z._default(z.int().check(z.minimum(0), z.maximum(1_000_000)), 100), {
      description: 'How many of the last lines come first; all since a moment where that is given',
      short: 'n',
    }),
    follow: flag({ description: 'Go on with new lines as they are written', short: 'f' }),
    since: text({ description: 'From a moment on: 10m, 1h30m, 14:30, 2026-01-31T14:30' }),
    until: text({ description: 'Up to a moment' }),
    grep: text({ description: 'Only lines that a regular expression finds something in' }),
    invert: flag({ description: 'Only lines in which it finds nothing' }),
    level: field(z.optional(z.enum(LEVELS)), { description: 'Only lines at least as grave' }),
    timestamps: flag({ description: 'Say when each line was written', short: 't' }),
  };
}
