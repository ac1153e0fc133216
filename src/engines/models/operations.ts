import * as z from 'zod/mini';
import { bytes } from '#engines/core/bytes.ts';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { specSchema } from '#engines/process/spec.ts';

const verifyArgs = z.object({
  model: z.string(),
  path: z.string(),
  directory: z.string(),
  sha256: z.nullable(z.string()),
  quick: z.boolean(),
});

export const modelsVerify: Operation<typeof verifyArgs> = operation({
  id: 'models.verify',
  args: verifyArgs,
  effect: 'read',
  describe: ({ path, quick }) => ({
    summary: quick
      ? `look at the header of ${path}`
      : `look at the header of ${path}, and compute its SHA-256`,
    commands: quick ? [] : [['sha256sum', '--', path]],
  }),
  check: async () => (await import('./verify.ts')).checkVerify,
  apply: async () => (await import('./verify.ts')).applyVerify,
});

const deleteArgs = z.object({
  id: z.string(),
  directory: z.string(),
  files: z.array(z.string()),
  size: z.number(),
});

export const modelsDelete: Operation<typeof deleteArgs> = operation({
  id: 'models.delete',
  args: deleteArgs,
  effect: 'destructive',
  describe: ({ id, directory, files, size }) => ({
    summary: `delete ${id}: ${bytes(size)} in ${files.length} ${files.length === 1 ? 'file' : 'files'} below ${directory}`,
    commands: [['rm', '-f', '--', ...files]],
  }),
  check: async () => (await import('./delete.ts')).checkDelete,
  apply: async () => (await import('./delete.ts')).applyDelete,
  midway: () => ({ 'models.files': 'any' }),
});

const catalogArgs = z.object({
  file: z.string(),
  before: z.nullable(z.string()),
  text: z.nullable(z.string()),
  purpose: z.string(),
});

export const modelsCatalogWrite: Operation<typeof catalogArgs> = operation({
  id: 'models.catalog.write',
  args: catalogArgs,
  effect: 'write',
  describe: ({ file, purpose }) => ({ summary: `${purpose} in ${file}`, commands: [] }),
  check: async () => (await import('./catalog/write.ts')).checkWrite,
  apply: async () => (await import('./catalog/write.ts')).applyWrite,
  invert: ({ file, before, text, purpose }) => [
    call(modelsCatalogWrite, { file, before: text, text: before, purpose: opposite(purpose) }),
  ],
});

const convertArgs = z.object({
  id: z.string(),
  spec: specSchema,
  inputs: z.string(),
  path: z.string(),
  size: z.number(),
  keepInputs: z.boolean(),
});

export const modelsConvert: Operation<typeof convertArgs> = operation({
  id: 'models.convert',
  args: convertArgs,
  effect: 'write',
  resident: true,
  describe: ({ id, spec: { name, argv }, keepInputs }) => ({
    summary: `convert ${id} as process ${name}, and ${keepInputs ? 'keep' : 'remove'} what it is made from`,
    commands: [argv],
  }),
  check: async () => (await import('./convert/apply.ts')).checkConvert,
  apply: async () => (await import('./convert/apply.ts')).applyConvert,
});

function opposite(purpose: string): string {
  return purpose.startsWith('no longer ') ? purpose.slice('no longer '.length) : `no longer ${purpose}`;
}
