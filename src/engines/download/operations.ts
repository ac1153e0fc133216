import * as z from 'zod/mini';
import { call, type Operation, operation } from '#engines/core/operation.ts';
import { specSchema } from './types.ts';

const startArgs = z.object({
  spec: specSchema,
  /** What is there is fetched once more, and replaced once that is whole. */
  anew: z.boolean(),
  /** Done when it is whole, and not when it is accepted. */
  wait: z.boolean(),
});

const startedSchema = z.object({ id: z.number() });

export const downloadStart: Operation<typeof startArgs> = operation({
  id: 'download.start',
  args: startArgs,
  effect: 'write',
  resident: true,
  describe: ({ spec: { endpoint, repo, file, directory } }) => ({
    summary: `download ${repo}/${file} from ${new URL(endpoint).host} to ${directory}`,
    commands: [],
  }),
  check: async () => (await import('./apply.ts')).checkStart,
  apply: async () => (await import('./apply.ts')).applyStart,
  invert: (_, result) => [call(downloadCancel, z.parse(startedSchema, result))],
});

const hfArgs = z.object({
  repo: z.string(),
  /** Path in the repository; null for all of it. */
  file: z.nullable(z.string()),
  revision: z.nullable(z.string()),
  /** Absolute. */
  directory: z.string(),
  /** What is there is fetched once more. */
  anew: z.boolean(),
});

export type HfArgs = z.infer<typeof hfArgs>;

export const downloadHf: Operation<typeof hfArgs> = operation({
  id: 'download.hf',
  args: hfArgs,
  effect: 'write',
  describe: (args) => ({
    summary: `download ${args.file ?? 'all files'} of ${args.repo} to ${args.directory} with hf`,
    commands: [hfArgv(args)],
  }),
  check: async () => (await import('./hf.ts')).checkHf,
  apply: async () => (await import('./hf.ts')).applyHf,
  // What hf has downloaded stays: the next download finds it whole.
  invert: () => [],
});

/** The command, with nothing of it but what was asked for. */
export function hfArgv({ repo, file, revision, directory, anew }: HfArgs): string[] {
  return [
    ...['hf', 'download', repo, ...(file === null ? [] : [file]), '--local-dir', directory],
    ...(revision === null ? [] : ['--revision', revision]),
    ...(anew ? ['--force-download'] : []),
  ];
}

const oneArgs = z.object({ id: z.number() });

export const downloadPause: Operation<typeof oneArgs> = operation({
  id: 'download.pause',
  args: oneArgs,
  effect: 'write',
  resident: true,
  describe: ({ id }) => ({ summary: `pause download ${id}; what has come stays`, commands: [] }),
  check: async () => (await import('./apply.ts')).checkPause,
  apply: async () => (await import('./apply.ts')).applyPause,
  invert: ({ id }) => [call(downloadResume, { id, wait: false })],
});

const resumeArgs = z.object({ id: z.number(), wait: z.boolean() });

export const downloadResume: Operation<typeof resumeArgs> = operation({
  id: 'download.resume',
  args: resumeArgs,
  effect: 'write',
  resident: true,
  describe: ({ id }) => ({ summary: `go on with download ${id} from where it is`, commands: [] }),
  check: async () => (await import('./apply.ts')).checkResume,
  apply: async () => (await import('./apply.ts')).applyResume,
  invert: ({ id }) => [call(downloadPause, { id })],
});

export const downloadCancel: Operation<typeof oneArgs> = operation({
  id: 'download.cancel',
  args: oneArgs,
  effect: 'write',
  resident: true,
  describe: ({ id }) => ({ summary: `end download ${id}; what has come stays`, commands: [] }),
  check: async () => (await import('./apply.ts')).checkCancel,
  apply: async () => (await import('./apply.ts')).applyCancel,
  invert: ({ id }) => [call(downloadResume, { id, wait: false })],
});

const rankArgs = z.object({
  id: z.number(),
  /** `first`, or where it was. */
  rank: z.union([z.number(), z.literal('first')]),
});

const rankedSchema = z.object({ rank: z.number() });

export const downloadRank: Operation<typeof rankArgs> = operation({
  id: 'download.rank',
  args: rankArgs,
  effect: 'write',
  resident: true,
  describe: ({ id, rank }) => ({
    summary: rank === 'first' ? `download ${id} before all others` : `put download ${id} back to its place`,
    commands: [],
  }),
  check: async () => (await import('./apply.ts')).checkRank,
  apply: async () => (await import('./apply.ts')).applyRank,
  invert: ({ id }, result) => [call(downloadRank, { id, rank: z.parse(rankedSchema, result).rank })],
});
