import * as z from 'zod/mini';
import { command, query } from '#engines/core/action.ts';
import { field, flag } from '#engines/core/fields.ts';
import { profileSchema, validationSchema } from './types.ts';

const artifact = () => ({
  artifact: field(z.string().check(z.minLength(1)), {
    description: 'A .jos file, or the name of one in ~/.jos/artifacts',
    positional: true,
    completes: 'file',
  }),
  profile: field(z._default(profileSchema, 'auto'), {
    description: 'Generation of the format to hold it to; the one that it looks like unless told',
  }),
});

export const serviceValidate = query({
  id: 'service.validate',
  summary: 'Check an artifact: its JSON, its keys, its flows and its signature',
  needsWorkspace: false,
  input: z.object({
    ...artifact(),
    insecure: flag({ description: 'Do not look at its signature' }),
  }),
  output: validationSchema,
  examples: [
    { title: 'Check an artifact before it is started', input: { artifact: 'hello.jos' } },
    { title: 'Hold one to a generation of the format', input: { artifact: 'hello.jos', profile: '1.0.0' } },
  ],
  read: async () => (await import('./validate.ts')).readValidation,
});

export const serviceSign = command({
  id: 'service.sign',
  summary: 'Sign an artifact as it is now, so that a change of it is noticed',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object(artifact()),
  examples: [{ title: 'Sign an artifact after it was edited', input: { artifact: 'hello.jos' } }],
  plan: async () => (await import('./sign.ts')).planSign,
});

export * from './lifecycle.ts';
