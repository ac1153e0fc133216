import * as z from 'zod/mini';
import { field, flag, text } from '#engines/core/fields.ts';

const notEmpty = () => z.string().check(z.minLength(1));

/** A name that a job may have. */
export const jobName = () =>
  field(z.optional(z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/), z.maxLength(100))), {
    description: 'Name; that of what it runs unless told',
    positional: true,
  });

/** What is run, in the fields of an input. */
export const callFields = () => ({
  artifact: field(z.optional(notEmpty()), {
    description: 'A .jos file to run, or the name of one in ~/.jos/artifacts',
    completes: 'file',
  }),
  flow: field(z.optional(notEmpty()), { description: 'Which of its flows; main unless told' }),
  action: field(z.optional(notEmpty()), { description: 'Action to run', completes: 'action' }),
  input: text({ description: 'Input of the action, as a JSON object' }),
  command: field(z.optional(notEmpty()), { description: 'Line for the shell to run' }),
});

export const force = () => flag({ description: 'In the place of another one of that name', short: 'f' });

export const limit = () =>
  field(z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 20), {
    description: 'How many at the most',
    short: 'n',
  });
