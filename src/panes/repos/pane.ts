import type { RepoStatus } from '#engines/repo/types.ts';
import { webPage } from '../kit/web-page.ts';
import type { Pane } from '../pane.ts';
import { columns } from './columns.ts';
import { sections } from './detail.ts';
import { offers } from './offers.ts';
import { needsDecision } from './row.ts';

/** The repos of the workspace, as git sees them now. */
export const repos: Pane<RepoStatus> = {
  id: 'repos',
  number: 1,
  title: 'Repos',
  weight: 3,
  list: { action: 'repo.status', input: {} },
  watch: { action: 'repo.watch', input: {} },
  key: ({ name }) => name,
  name: ({ name }) => name,
  links: ({ name }) => ({ repo: name }),
  jumps: [
    { to: 'worktrees', by: ({ name }) => ({ repo: name }) },
    { to: 'flow', by: ({ name }) => ({ repo: name }) },
  ],
  columns,
  words: ({ name, branch, state, operation, lastCommit }) =>
    [name, branch, state, operation, lastCommit?.subject].filter(Boolean).join(' '),
  needsYou: needsDecision,
  offers,
  sections,
  copies: (row) => [
    { label: 'name', text: row.name },
    { label: 'path', text: row.path },
    ...(row.branch === null ? [] : [{ label: 'branch', text: row.branch }]),
    ...(row.upstream === null ? [] : [{ label: 'upstream', text: row.upstream }]),
    ...(row.head === null ? [] : [{ label: 'commit', text: row.head }]),
  ],
  directory: ({ path, state }) => (state === 'missing' ? undefined : path),
  opens: webPage(({ name }) => name),
  empty: {
    title: 'This workspace has no repos yet',
    hint: 'n adds one, :workspace adopt takes in those that are here',
  },
};
