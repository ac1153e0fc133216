import * as z from 'zod/mini';
import { command, query } from '#engines/core/action.ts';
import { field } from '#engines/core/fields.ts';
import { place } from './place-input.ts';

const some = (description: string) =>
  field(z.array(z.string().check(z.minLength(1))).check(z.minLength(1)), { description, positional: true });

const variableSchema = z.object({
  set: field(z.string(), { description: 'Set that it is in', column: 'SET' }),
  name: field(z.string(), { description: 'Name', column: 'VARIABLE' }),
  value: field(z.string(), { description: 'Value', column: 'VALUE' }),
});

export const envSet = command({
  id: 'env.set',
  summary: 'Set variables that services run with from their next start on',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ variables: some('Variables, as NAME=value; no secrets'), ...place() }),
  examples: [
    { title: 'Set a variable for everything', input: { variables: ['TZ=UTC'] } },
    { title: 'Set one for what is deployed to prod', input: { variables: ['LOG_LEVEL=warn'], env: 'prod' } },
  ],
  plan: async () => (await import('./plan.ts')).planSet,
});

export const envUnset = command({
  id: 'env.unset',
  summary: 'Take variables away',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ names: some('Names of variables'), ...place() }),
  examples: [{ title: 'Take a variable of a service away', input: { names: ['DEBUG'], service: 'web' } }],
  plan: async () => (await import('./plan.ts')).planUnset,
});

export const envList = query({
  id: 'env.list',
  summary: 'List variables, of one set or of all',
  needsWorkspace: false,
  input: z.object(place()),
  output: z.object({ variables: z.array(variableSchema) }),
  examples: [{ title: 'See every variable', input: {} }],
  read: async () => (await import('./plan.ts')).readList,
});

export const envGet = query({
  id: 'env.get',
  summary: 'Show one variable',
  needsWorkspace: false,
  input: z.object({
    name: field(z.string().check(z.minLength(1)), { description: 'Name of the variable', positional: true }),
    ...place(),
  }),
  output: variableSchema,
  examples: [{ title: 'See what a variable is', input: { name: 'LOG_LEVEL', env: 'prod' } }],
  read: async () => (await import('./plan.ts')).readGet,
});
