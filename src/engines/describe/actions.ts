import * as z from 'zod/mini';
import { query } from '#engines/core/action.ts';
import { field } from '#engines/core/fields.ts';
import { descriptionSchema } from './types.ts';

export const describe = query({
  id: 'describe',
  summary: 'Describe every action with its schemas, for programs and agents',
  needsWorkspace: false,
  input: z.object({
    action: field(z.optional(z.string()), {
      description: 'Only this action, or the actions of this noun',
      positional: true,
      completes: 'action',
    }),
  }),
  output: descriptionSchema,
  examples: [
    { title: 'Describe one action', input: { action: 'activity.list' } },
    { title: 'Describe all actions of a noun', input: { action: 'activity' } },
  ],
  read: async () => (await import('./describe.ts')).readDescription,
});
