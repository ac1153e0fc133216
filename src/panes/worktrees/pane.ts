import type { Worktree } from '#engines/worktree/types.ts';
import type { Pane } from '../pane.ts';
import { columns } from './columns.ts';
import { sections } from './detail.ts';
import { offers } from './offers.ts';
import { nameOf, needsDecision } from './row.ts';

/** The linked worktrees of all repos, set by set. */
export const worktrees: Pane<Worktree> = {
  id: 'worktrees',
  number: 2,
  title: 'Worktrees',
  weight: 2,
  list: { action: 'worktree.list', input: {} },
  watch: { action: 'worktree.watch', input: {} },
  key: ({ id }) => id,
  name: nameOf,
  target: ({ repo }) => repo,
  group: ({ set }) => set ?? undefined,
  links: ({ repo, set, branch }) => ({
    repo,
    ...(set !== null && { set }),
    ...(branch !== null && { branch }),
  }),
  jumps: [
    { to: 'repos', by: ({ repo }) => ({ repo }) },
    { to: 'flow', by: ({ branch }) => (branch === null ? undefined : { branch }) },
  ],
  compare: (a, b) => order(a.set, b.set) || order(a.repo, b.repo) || order(a.id, b.id),
  columns,
  words: ({ set, repo, branch, state, operation, lease, leaseEnded, id }) =>
    [set, repo, branch, state, operation, lease, leaseEnded, id].filter(Boolean).join(' '),
  needsYou: needsDecision,
  offers,
  sections,
  copies: ({ id, set, branch, head }) => [
    { label: 'path', text: id },
    ...(set === null ? [] : [{ label: 'set', text: set }]),
    ...(branch === null ? [] : [{ label: 'branch', text: branch }]),
    ...(head === null ? [] : [{ label: 'commit', text: head }]),
  ],
  directory: ({ id, state }) => (state === 'missing' ? undefined : id),
  opens: {
    missing: 'its directory is gone',
    destination: ({ id, state }) => (state === 'missing' ? undefined : { kind: 'directory', path: id }),
  },
  empty: {
    title: 'Nothing is worked on beside the repos',
    hint: 'n makes a worktree in every repo that a piece of work needs',
  },
};

/** What is in no set comes last. */
function order(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
