import * as z from 'zod/mini';

/** What a snapshot says of itself, as `state.json` in its tree. Paths are byte paths. */
export const snapshotStateSchema = z.object({
  version: z.literal(1),
  /** Milliseconds since the epoch. */
  at: z.number(),
  head: z.object({ ref: z.nullable(z.string()), oid: z.nullable(z.string()) }),
  /** The tree of what is staged; null where there was no index yet. */
  staged: z.nullable(z.string()),
  /** `git.changes` as it was: a restored repository has to give the same. */
  changes: z.string(),
  /** Files that are not as the index has them. Contents of the n-th are at `files/n`; `mode` is that of the file system. */
  files: z.array(
    z.object({
      path: z.string(),
      kind: z.enum(['file', 'link', 'absent']),
      mode: z.number(),
      /** In bytes. */
      size: z.number(),
    }),
  ),
  /** Ignored files are among them. */
  ignored: z.boolean(),
  /** Untracked directories with nothing in them. */
  directories: z.array(z.string()),
  /** Files of the git directory that belong to an operation in progress; contents of the n-th are at `git/n`. */
  operation: z.array(z.string()),
  /** Submodules that were checked out, each with a snapshot in its own repository. */
  submodules: z.array(z.object({ path: z.string(), oid: z.string() })),
  /** The snapshot that was being restored when this was taken. */
  restoring: z.nullable(z.string()),
});

export type SnapshotState = z.infer<typeof snapshotStateSchema>;

export type KeptFile = SnapshotState['files'][number];

/** The kept files with the names that their contents have in the snapshot's tree. */
export function keptFiles({ files }: Pick<SnapshotState, 'files'>): (KeptFile & { name: string })[] {
  return files.map((file, number) => ({ ...file, name: `files/${number}` }));
}
