import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { editArgs } from './argv.ts';
import { configChangeSchema } from './change.ts';

/** Null stands for no such key; `before` is what the repository's own file had. */
const editSchema = z.object({
  key: z.string(),
  value: z.nullable(z.string()),
  before: z.nullable(z.string()),
});

const editsArgs = z.object({ edits: z.array(editSchema) });

/** Undo puts each place of the file back, the last one first. */
const changesSchema = z.object({ changes: z.array(configChangeSchema) });

export const gitConfigEdit: Operation<typeof editsArgs> = operation({
  id: 'git.config.edit',
  args: editsArgs,
  effect: 'write',
  describe: ({ edits }) => ({
    summary: edits
      .map(({ key, value }) => (value === null ? `unset ${key}` : `${key} = ${value}`))
      .join(', '),
    commands: edits.map((edit) => ['git', ...editArgs(edit)]),
  }),
  check: async () => (await import('./edit.ts')).checkEdit,
  apply: async () => (await import('./edit.ts')).applyEdit,
  invert: ({ edits }, result) => [call(gitConfigRevert, { ...z.parse(changesSchema, result), edits })],
});

const revertArgs = z.object({ ...changesSchema.shape, ...editsArgs.shape });

export const gitConfigRevert: Operation<typeof revertArgs> = operation({
  id: 'git.config.revert',
  args: revertArgs,
  effect: 'write',
  describe: ({ edits }) => ({
    summary:
      edits.length === 0
        ? 'put back the configuration'
        : `put back the configuration of ${edits.map(({ key }) => key).join(', ')}`,
    commands: [],
  }),
  check: async () => (await import('./edit.ts')).checkRevert,
  apply: async () => (await import('./edit.ts')).applyRevert,
  invert: ({ edits }, result) => [
    call(gitConfigRevert, {
      ...z.parse(changesSchema, result),
      edits: edits.map(({ key, value, before }) => ({ key, value: before, before: value })),
    }),
  ],
});
