import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

const setName = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));

/** The options that name a set of variables. */
export function place() {
  return {
    env: field(z.optional(setName), { description: 'Set of variables, such as prod; default unless told' }),
    service: field(z.optional(setName), {
      description: 'The variables of one service instead',
      completes: 'service',
    }),
  };
}
