import * as z from 'zod/mini';
import { field, flag, text } from '#engines/core/fields.ts';
import { LEVELS } from './logs/types.ts';

const position = (description: string) =>
  field(z.optional(z.int().check(z.minimum(0))), { description, unit: 'bytes' });

/** The options of every action that shows logs. */
export function logsInput() {
  return {
    tail: field(z.optional(z.int().check(z.minimum(0), z.maximum(1_000_000))), {
      description: 'How many of the last lines come first; 100, or all since where it begins if that is told',
      short: 'n',
    }),
    follow: flag({ description: 'Go on with new lines as they are written', short: 'f' }),
    since: text({ description: 'From a moment on: 10m, 1h30m, 14:30, 2026-01-31T14:30' }),
    until: text({ description: 'Up to a moment' }),
    from: position('From this position of a log on, which --json tells of each line'),
    before: position('Up to this position: the last lines before it'),
    grep: text({ description: 'Only lines that a regular expression finds something in' }),
    invert: flag({ description: 'Only lines in which it finds nothing' }),
    level: field(z.optional(z.enum(LEVELS)), { description: 'Only lines at least as grave' }),
    timestamps: flag({ description: 'Say when each line was written', short: 't' }),
  };
}
