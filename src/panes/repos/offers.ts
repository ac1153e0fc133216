import type { RepoStatus } from '#engines/repo/types.ts';
import type { Offer } from '../pane.ts';

const onRepos = (action: string, unable?: Offer<RepoStatus>['unable']): Offer<RepoStatus> => ({
  id: action,
  takes: 'many',
  call: (rows) => ({ action, input: { repos: rows.map(({ name }) => name) } }),
  unable,
});

/** What repos can be given to; the keys stand in the keymap. */
export const offers: readonly Offer<RepoStatus>[] = [
  onRepos('repo.fetch', unreadable),
  onRepos('repo.pull', (row) => unreadable(row) ?? withoutUpstream(row) ?? underWay(row)),
  onRepos('repo.push', (row) => unreadable(row) ?? withoutBranch(row) ?? nothingToPush(row)),
  onRepos('repo.reset', (row) => unreadable(row) ?? withoutUpstream(row)),
  onRepos(
    'repo.clean',
    (row) => unreadable(row) ?? (row.untracked === 0 ? 'it has no untracked files' : undefined),
  ),
  onRepos('workspace.exec'),
  {
    id: 'workspace.remove',
    takes: 'one',
    call: ([row]) => ({ action: 'workspace.remove', input: row ? { repo: row.name } : {} }),
  },
  { id: 'workspace.sync', takes: 'none', call: () => ({ action: 'workspace.sync', input: {} }) },
  { id: 'workspace.add', takes: 'none', call: () => ({ action: 'workspace.add', input: {} }) },
];

function unreadable({ state }: RepoStatus): string | undefined {
  if (state === 'missing') return 'it is not cloned yet: sync clones it';
  return state === 'ok' ? undefined : 'git can not read it';
}

function withoutBranch({ branch }: RepoStatus): string | undefined {
  return branch === null ? 'no branch is checked out' : undefined;
}

function withoutUpstream(row: RepoStatus): string | undefined {
  if (row.branch === null) return withoutBranch(row);
  if (row.upstreamGone) return 'the upstream branch is gone';
  return row.upstream === null && row.ahead !== null ? 'the branch has no upstream' : undefined;
}

function underWay({ operation }: RepoStatus): string | undefined {
  return operation === null ? undefined : `a ${operation} is in progress`;
}

function nothingToPush({ upstream, ahead }: RepoStatus): string | undefined {
  return upstream !== null && ahead === 0 ? 'it has nothing to push' : undefined;
}
