import * as z from 'zod/mini';
import { field } from '#engines/core/fields.ts';

const count = () => z.number().check(z.nonnegative());

/** Null where it is not known: the repo went over its time budget, or could not be read. */
const figure = () => z.nullable(count());

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
  head: field(z.nullable(z.string()), {
    description: 'Object id of HEAD; null before the first commit, and where it is not known',
  }),
  upstream: field(z.nullable(z.string()), { description: 'Upstream branch', column: 'UPSTREAM' }),
  upstreamGone: field(z.nullable(z.boolean()), {
    description: 'The upstream is configured and its branch no longer exists; null where that is not known',
  }),
  ahead: field(figure(), { description: 'Commits the upstream lacks', column: 'AHEAD' }),
  behind: field(figure(), { description: 'Commits of the upstream that are missing here', column: 'BEHIND' }),
  staged: field(figure(), { description: 'Files with staged changes', column: 'STAGED' }),
  changed: field(figure(), { description: 'Tracked files with unstaged changes', column: 'CHANGED' }),
  untracked: field(figure(), { description: 'Untracked files and directories', column: 'UNTRACKED' }),
  conflicted: field(figure(), { description: 'Files with conflicts', column: 'CONFLICTS' }),
  stashes: field(figure(), { description: 'Entries in the stash', column: 'STASHES' }),
  operation: field(z.nullable(z.enum(['merge', 'rebase', 'am', 'cherry-pick', 'revert', 'bisect'])), {
    description: 'Operation in progress',
    column: 'OPERATION',
  }),
  submodules: field(z.object({ total: figure(), moved: figure(), dirty: figure(), missing: figure() }), {
    description: 'Submodules: at another commit than recorded, with changes, not checked out',
  }),
  lastCommit: field(z.nullable(lastCommitSchema), {
    description: 'Newest commit; null until it has been read',
  }),
  partial: field(z.nullable(z.string()), {
    description: 'Why some figures are null: the repo went over its time budget',
    column: 'PARTIAL',
  }),
  problem: field(z.nullable(z.string()), { description: 'Why it could not be read', column: 'PROBLEM' }),
  checkedAt: field(z.number(), { description: 'When it was read', unit: 'milliseconds since the epoch' }),
});

export type RepoStatus = z.infer<typeof repoStatusSchema>;

type Figure = 'ahead' | 'behind' | 'staged' | 'changed' | 'untracked' | 'conflicted' | 'stashes';

/** A status of which everything is known. */
export type WholeStatus = RepoStatus & Record<Figure, number> & { submodules: Record<'total', number> };
