import { basename } from 'node:path';
import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { serviceFile } from './facts.ts';
import { GENERATIONS } from './jos/artifact.ts';

/** Null stands for no file. */
const fileText = z.nullable(z.string());

const signArgs = z.object({
  /** Absolute and without links. */
  artifact: z.string(),
  generation: z.enum(GENERATIONS),
  /** The file that has the signature: the artifact itself, or its manifest. */
  signature: z.string(),
  /** Everything that is written, as it was. */
  files: z.array(z.object({ file: z.string(), before: fileText })),
});

const changeSchema = z.object({ file: z.string(), before: fileText, text: fileText });
const signedSchema = z.object({ hash: z.string(), changes: z.array(changeSchema) });

export const serviceArtifactSign: Operation<typeof signArgs> = operation({
  id: 'service.artifact.sign',
  args: signArgs,
  effect: 'write',
  describe: ({ artifact, signature, files }) => {
    const others = files.filter(({ file }) => file !== signature).map(({ file }) => basename(file));
    const refers = others.length > 0 ? `, and name it in ${others.join(', ')}` : '';
    return {
      summary: `write the SHA-256 of ${basename(artifact)} into ${basename(signature)}${refers}`,
      commands: [],
    };
  },
  check: async () => (await import('./sign.ts')).checkSign,
  apply: async () => (await import('./sign.ts')).applySign,
  midway: () => ({ [serviceFile.id]: 'any' }),
  invert: ({ artifact }, result) => [
    call(serviceFilesWrite, {
      purpose: `take back the signature of ${basename(artifact)}`,
      changes: reversed(z.parse(signedSchema, result).changes),
    }),
  ],
});

const writeArgs = z.object({
  /** Imperative. */
  purpose: z.string(),
  changes: z.array(changeSchema),
});

export const serviceFilesWrite: Operation<typeof writeArgs> = operation({
  id: 'service.files.write',
  args: writeArgs,
  effect: 'write',
  describe: ({ purpose }) => ({ summary: purpose, commands: [] }),
  check: async () => (await import('./files.ts')).checkFiles,
  apply: async () => (await import('./files.ts')).applyFiles,
  midway: () => ({ [serviceFile.id]: 'any' }),
  invert: ({ purpose, changes }) => [
    call(serviceFilesWrite, { purpose: `undo: ${purpose}`, changes: reversed(changes) }),
  ],
});

type Change = z.infer<typeof changeSchema>;

function reversed(changes: readonly Change[]): Change[] {
  return changes.map(({ file, before, text }) => ({ file, before: text, text: before })).toReversed();
}

export * from './record-operations.ts';
