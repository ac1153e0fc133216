import * as z from 'zod/mini';
import { query } from '#engines/core/action.ts';
import { field } from '#engines/core/fields.ts';

const described = z.object({
  id: field(z.string(), { description: 'Identifier', column: 'ACTION' }),
  kind: field(z.enum(['query', 'command', 'stream']), {
    description: 'A command changes something, a stream goes on until cancelled',
    column: 'KIND',
  }),
  summary: field(z.string(), { description: 'What it does', column: 'SUMMARY' }),
  shell: z.string(),
  tool: z.string(),
  needsWorkspace: z.boolean(),
  rerun: z.nullable(z.enum(['converge', 'once'])),
  input: field(z.any(), { description: 'JSON schema of the input' }),
  output: field(z.any(), { description: 'JSON schema of the data, or of one event' }),
  examples: z.array(z.object({ title: z.string(), input: z.record(z.string(), z.json()) })),
});

export type Described = z.infer<typeof described>;

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
  output: z.object({ actions: z.array(described) }),
  examples: [
    { title: 'Describe one action', input: { action: 'activity.list' } },
    { title: 'Describe all actions of a noun', input: { action: 'activity' } },
  ],
  read: async () => (await import('./describe.ts')).readDescription,
});
