import type { FlowBranch } from '#engines/flow/types.ts';
import { webPage } from '../kit/web-page.ts';
import type { Pane } from '../pane.ts';
import { columns } from './columns.ts';
import { sections } from './detail.ts';
import { KINDS } from './kinds.ts';
import { offers } from './offers.ts';
import { flowBranchOf } from './row.ts';

/** Features, releases and their like: a row for each repo that has one. */
export const flow: Pane<FlowBranch> = {
  id: 'flow',
  number: 3,
  title: 'Flow',
  weight: 3,
  list: { action: 'flow.status', input: {} },
  watch: { action: 'flow.watch', input: {} },
  key: ({ id }) => id,
  name: ({ repo, branch }) => `${branch} in ${repo}`,
  target: ({ repo }) => repo,
  group: flowBranchOf,
  links: ({ repo, branch, set }) => ({ repo, branch, ...(set !== null && { set }) }),
  jumps: [
    { to: 'repos', by: ({ repo }) => ({ repo }) },
    { to: 'worktrees', by: ({ branch }) => ({ branch }) },
  ],
  compare: (a, b) =>
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || order(a.name, b.name) || order(a.repo, b.repo),
  columns,
  words: ({ branch, kind, repo, forecast, set, lease, subject }) =>
    [branch, kind, repo, forecast, set, lease, subject].filter(Boolean).join(' '),
  needsYou: ({ forecast }) => forecast === 'conflict',
  offers,
  sections,
  copies: ({ branch, name, oid, worktree, upstream }) => [
    { label: 'branch', text: branch },
    { label: 'name', text: name },
    { label: 'commit', text: oid },
    ...(worktree === null ? [] : [{ label: 'worktree', text: worktree }]),
    ...(upstream === null ? [] : [{ label: 'upstream', text: upstream }]),
  ],
  directory: ({ worktree }) => worktree ?? undefined,
  opens: webPage(({ repo }) => repo),
  empty: {
    title: 'No feature, release or hotfix is open',
    hint: 'n starts one, :flow init sets repos up for them',
  },
};

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
