import type { FlowBranch, FlowRepo } from '#engines/flow/types.ts';
import type { Style } from '../style.ts';
import { table } from './table.ts';

interface Shown {
  branches: FlowBranch[];
  /** Absent where only branches of one kind are listed. */
  repos?: FlowRepo[];
}

const COLUMNS = [
  { key: 'repo', head: 'REPO' },
  { key: 'branch', head: 'BRANCH' },
  { key: 'develop', head: 'DEVELOP' },
  { key: 'main', head: 'MAIN' },
  { key: 'published', head: 'PUBLISHED' },
  { key: 'place', head: 'CHECKED OUT' },
  { key: 'changes', head: 'CHANGES' },
  { key: 'finish', head: 'FINISH' },
  { key: 'lease', head: 'LEASE' },
];

/** The matrix: each branch of each repo, commits ahead and behind of both parents. Then the repos that can't have any. */
export function flowLines({ branches, repos = [] }: Shown, style: Style): string[] {
  const unable = repos.filter(({ problem }) => problem !== null);
  const matrix =
    branches.length === 0 ? ['no flow branches'] : table(COLUMNS, branches.map(row), style, Date.now());
  if (unable.length === 0) return matrix;
  const columns = [
    { key: 'repo', head: 'REPO' },
    { key: 'problem', head: 'PROBLEM' },
  ];
  return [
    ...matrix,
    '',
    ...table(columns, unable as unknown as Record<string, unknown>[], style, Date.now()),
  ];
}

function row(branch: FlowBranch): Record<string, unknown> {
  const { repo, develop, main, upstream, ahead, behind, worktree, set, dirty, forecast, conflicts, lease } =
    branch;
  const published = ahead === null || behind === null ? null : { ahead, behind };
  return {
    repo,
    branch: branch.branch,
    develop: standing(develop),
    main: standing(main),
    published: upstream === null ? null : (standing(published) ?? 'gone'),
    place: worktree === null ? null : (set ?? 'yes'),
    changes: dirty ? 'changed' : null,
    finish: conflicts.length > 0 ? `${forecast}: ${conflicts.join(', ')}` : forecast,
    lease,
  };
}

/** `+2 -1`: commits that it has, and that it lacks. */
function standing(found: { ahead: number; behind: number } | null): string | null {
  if (found === null) return null;
  const { ahead, behind } = found;
  const parts = [ahead > 0 && `+${ahead}`, behind > 0 && `-${behind}`].filter(Boolean);
  return parts.length === 0 ? 'same' : parts.join(' ');
}
