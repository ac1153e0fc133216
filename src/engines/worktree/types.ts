import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';
import { repoStatusSchema } from '#engines/git/types.ts';
import { detailSchema } from '#engines/repo/types.ts';

/** A linked worktree of a repo. Its figures are those of a repo's status, read in the worktree. */
export const worktreeSchema = z.object({
  id: field(z.string(), { description: 'Absolute path' }),
  set: field(z.nullable(z.string()), {
    description: 'Worktree set that it belongs to; null where it was made by hand',
    column: 'SET',
  }),
  repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
  state: field(z.enum(['ok', 'missing', 'failed']), {
    description: 'Whether it could be read: missing where its directory is gone',
    column: 'STATE',
  }),
  ...z.pick(repoStatusSchema, {
    branch: true,
    head: true,
    upstream: true,
    upstreamGone: true,
    ahead: true,
    behind: true,
    staged: true,
    changed: true,
    untracked: true,
    conflicted: true,
    operation: true,
    partial: true,
    problem: true,
    checkedAt: true,
  }).shape,
  locked: field(z.nullable(z.string()), {
    description: 'Why it must not be removed, possibly empty; null where it may',
    column: 'LOCKED',
  }),
  lease: field(z.nullable(z.string()), { description: 'Who holds it', column: 'LEASE' }),
  leaseEnded: field(z.nullable(z.string()), {
    description: 'Who held it until the lease ended by itself, in the last day; null where it is held',
    column: 'LEFT BY',
  }),
});

export type Worktree = z.infer<typeof worktreeSchema>;

/** What its repo has is not told of a worktree: the branches are all of them the repo's. */
export const worktreeDetailSchema = z.object({
  worktree: worktreeSchema,
  ...z.pick(detailSchema, { changes: true, commits: true, submodules: true }).shape,
});

export type WorktreeDetail = z.infer<typeof worktreeDetailSchema>;

/** What a command came to in one repo. */
export const worktreeResultSchema = z.object({
  repo: field(z.string(), { description: 'Name of the repo', column: 'REPO' }),
  path: field(z.nullable(z.string()), {
    description: 'Absolute path of the worktree; null where nothing was done there',
    column: 'PATH',
  }),
  status: field(z.string(), { description: 'done, skipped, refused, failed or cancelled', column: 'STATUS' }),
  summary: field(z.string(), { description: 'What came of it', column: 'SUMMARY' }),
  next: field(z.nullable(z.string()), { description: 'What can be done about it' }),
});

export type WorktreeResult = z.infer<typeof worktreeResultSchema>;
