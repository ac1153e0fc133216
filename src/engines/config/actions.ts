import * as z from 'zod/mini';
import { command, query } from '#engines/core/action.ts';
import { field } from '#engines/core/fields.ts';
import { ignoredSchema, scopeSchema, settingSchema } from './types.ts';

const key = () =>
  field(z.string(), { description: 'Name of the setting', positional: true, completes: 'setting' });

const scope = () =>
  field(z._default(scopeSchema, 'user'), {
    description: 'Whether it holds for you everywhere, or for everybody in this workspace',
  });

export const configShow = query({
  id: 'config.show',
  summary: 'Show every setting with its value and where that comes from',
  needsWorkspace: false,
  input: z.object({}),
  output: z.object({
    settings: z.array(settingSchema),
    ignored: field(z.array(ignoredSchema), { description: 'What stands in the files and has no effect' }),
  }),
  examples: [{ title: 'See what is set and where', input: {} }],
  read: async () => (await import('./read.ts')).readShow,
});

export const configGet = query({
  id: 'config.get',
  summary: 'Show one setting',
  needsWorkspace: false,
  input: z.object({ key: key() }),
  output: settingSchema,
  examples: [{ title: 'See how long snapshots are kept', input: { key: 'undo.keepDays' } }],
  read: async () => (await import('./read.ts')).readOne,
});

export const configSet = command({
  id: 'config.set',
  summary: 'Set a setting, for you or for this workspace',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    key: key(),
    value: field(z.string(), { description: 'New value', positional: true, completes: 'value' }),
    scope: scope(),
  }),
  examples: [{ title: 'Keep snapshots for two weeks', input: { key: 'undo.keepDays', value: '14' } }],
  plan: async () => (await import('./set.ts')).planSet,
});

export const configUnset = command({
  id: 'config.unset',
  summary: 'Take a setting back to what holds without it',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({ key: key(), scope: scope() }),
  examples: [{ title: 'Go back to the default', input: { key: 'undo.keepDays' } }],
  plan: async () => (await import('./set.ts')).planUnset,
});

export const configPath = query({
  id: 'config.path',
  summary: 'Show which file has the settings, and the editor for it',
  needsWorkspace: false,
  input: z.object({ scope: scope() }),
  output: z.object({
    file: field(z.string(), { description: 'File to edit, absolute' }),
    exists: field(z.boolean(), { description: 'Whether it is there yet' }),
    editor: field(z.string(), { description: 'Editor that the settings and the environment name' }),
  }),
  examples: [{ title: 'Name the file of your own settings', input: {} }],
  read: async () => (await import('./file.ts')).readPath,
});
