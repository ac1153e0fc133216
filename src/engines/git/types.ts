import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

const count = () => z.number().check(z.nonnegative());

/** The newest commit of the checked-out branch. */
export const lastCommitSchema = z.object({
  oid: z.string(),
  subject: z.string(),
  author: z.string(),
  /** Seconds since the epoch. */
  at: z.number(),
});

/** Everything a row of the Repos pane shows; read by one `git status --porcelain=v2` and a few small files. */
export const repoStatusSchema = z.object({
  name: field(z.string(), { description: 'Name in the workspace', column: 'REPO' }),
  path: field(z.string(), { description: 'Absolute path of its main worktree' }),
  state: field(z.enum(['ok', 'missing', 'no-repo', 'failed']), {
    description: 'Whether it could be read: missing is not cloned, no-repo is a directory without git',
    column: 'STATE',
  }),
  branch: field(z.nullable(z.string()), {
    description: 'Checked-out branch; null where HEAD is detached',
    column: 'BRANCH',
  }),
  head: field(z.nullable(z.string()), { description: 'Object id of HEAD; null before the first commit' }),
  upstream: field(z.nullable(z.string()), { description: 'Upstream branch', column: 'UPSTREAM' }),
  upstreamGone: field(z.boolean(), {
    description: 'The upstream is configured and its branch no longer exists',
  }),
  ahead: field(count(), { description: 'Commits the upstream lacks', column: 'AHEAD' }),
  behind: field(count(), { description: 'Commits of the upstream that are missing here', column: 'BEHIND' }),
  staged: field(count(), { description: 'Files with staged changes', column: 'STAGED' }),
  changed: field(count(), { description: 'Tracked files with unstaged changes', column: 'CHANGED' }),
  untracked: field(count(), { description: 'Untracked files and directories', column: 'UNTRACKED' }),
  conflicted: field(count(), { description: 'Files with conflicts', column: 'CONFLICTS' }),
  stashes: field(count(), { description: 'Entries in the stash', column: 'STASHES' }),
  operation: field(z.nullable(z.enum(['merge', 'rebase', 'am', 'cherry-pick', 'revert', 'bisect'])), {
    description: 'Operation in progress',
    column: 'OPERATION',
  }),
  submodules: field(z.object({ total: count(), moved: count(), dirty: count(), missing: count() }), {
    description: 'Submodules: at another commit than recorded, with changes, not checked out',
  }),
  lastCommit: field(z.nullable(lastCommitSchema), {
    description: 'Newest commit; null until it has been read',
  }),
  partial: field(z.nullable(z.string()), {
    description: 'Why some figures are missing: the repo went over its time budget',
  }),
  problem: field(z.nullable(z.string()), { description: 'Why it could not be read' }),
  checkedAt: field(z.number(), { description: 'When it was read', unit: 'milliseconds since the epoch' }),
});

export type RepoStatus = z.infer<typeof repoStatusSchema>;
