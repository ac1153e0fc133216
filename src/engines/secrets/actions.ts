import * as z from 'zod/mini';
import { command, query } from '#engines/core/action.ts';
import { field } from '#engines/core/fields.ts';
import { place } from '#engines/env/place-input.ts';

export const secretsLink = command({
  id: 'secrets.link',
  summary: 'Have the secrets of a vault reach the environment of services, and nothing else',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    vault: field(z.string().check(z.minLength(1)), {
      description: 'Directory of the vault, or its name in ~/.jos',
      positional: true,
      completes: 'directory',
    }),
    ...place(),
  }),
  examples: [{ title: 'Link the vault of the kernel', input: { vault: 'secrets' } }],
  plan: async () => (await import('./link.ts')).planLink,
});

export const secretsUnlink = command({
  id: 'secrets.unlink',
  summary: 'Have the secrets of a vault reach nothing any more',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object(place()),
  examples: [{ title: 'Unlink what was linked for prod', input: { env: 'prod' } }],
  plan: async () => (await import('./link.ts')).planUnlink,
});

export const secretsList = query({
  id: 'secrets.list',
  summary: 'List the names of linked secrets, never their values',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({
    secrets: z.array(
      z.object({
        set: field(z.string(), { description: 'Set of variables that has it', column: 'SET' }),
        name: field(z.string(), { description: 'Name', column: 'SECRET' }),
        vault: field(z.string(), { description: 'Directory of its vault', column: 'VAULT' }),
      }),
    ),
  }),
  examples: [{ title: 'See which secrets reach what', input: {} }],
  read: async () => (await import('./link.ts')).readSecrets,
});
