import type { Activity } from '#engines/activity/types.ts';
import type { Commit, Diff } from '#engines/repo/types.ts';
import type { Worktree, WorktreeDetail } from '#engines/worktree/types.ts';
import { activityLines } from '../kit/activities.ts';
import { changeLines } from '../kit/changes.ts';
import { diffLines } from '../kit/diff.ts';
import { fact } from '../kit/facts.ts';
import { changeSpans, syncSpans } from '../kit/figures.ts';
import { commitLine } from '../kit/history.ts';
import { type Line, span } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { wrapLine } from '../kit/wrap.ts';
import type { Section } from '../pane.ts';
import { isDirty } from './row.ts';

export const sections: readonly Section<Worktree>[] = [
  {
    id: 'changes',
    title: 'Changes',
    query: (row) => ({ action: 'worktree.detail', input: namedBy(row) }),
    lines: ({ row, data }, look) => changeLines((data as WorktreeDetail).changes, row, look),
  },
  {
    id: 'log',
    title: 'Log',
    query: ({ repo, branch, head }) => ({
      action: 'repo.log',
      input: { repo, from: branch ?? head ?? 'HEAD' },
    }),
    lines: ({ data, width }, look) =>
      (data as { commits: Commit[] }).commits.map((one) => commitLine(one, width, look)),
  },
  {
    id: 'diff',
    title: 'Diff',
    query: (row) => ({ action: 'worktree.diff', input: namedBy(row) }),
    lines: ({ data }) => diffLines(data as Diff),
  },
  {
    id: 'worktree',
    title: 'Worktree',
    lines: ({ row, width }, look) => factsOf(row, look).flatMap((line) => wrapLine(line, width)),
  },
  {
    id: 'running',
    title: 'Running',
    lines: ({ activities }, look) => activityLines(activities as Activity[], look),
  },
];

/** One that was made by hand is named by its path. */
function namedBy({ set, repo, id }: Worktree) {
  return { name: set ?? id, repo };
}

function factsOf(row: Worktree, look: Look): Line[] {
  const text = (value: string | null): Line => (value === null ? [] : [span(plain(value))]);
  return [
    ...fact('set', row.set === null ? [span('none: made by hand', 'quiet')] : text(row.set)),
    ...fact('repo', text(row.repo)),
    ...fact('path', text(row.id)),
    ...fact('branch', row.branch === null ? [] : [span(plain(row.branch), 'name')]),
    ...fact('commit', text(row.head)),
    ...fact('upstream', text(row.upstream)),
    ...fact('sync', syncSpans(row, look)),
    ...fact('changes', isDirty(row) ? changeSpans(row) : [span('none', 'quiet')]),
    ...fact('operation', row.operation === null ? [] : [span(`a ${row.operation} is in progress`, 'bad')]),
    ...fact('held by', row.lease === null ? [] : [span(plain(row.lease), 'name')]),
    ...fact('left by', row.leaseEnded === null ? [] : [span(plain(row.leaseEnded), 'warning')]),
    ...fact('locked', row.locked === null ? [] : [span(plain(row.locked) || 'without a reason', 'warning')]),
    ...fact('state', stateOf(row)),
  ];
}

function stateOf({ state, problem, partial }: Worktree): Line {
  if (state === 'missing') return [span('its directory is gone: C forgets it', 'warning')];
  if (state === 'failed') return [span(plain(problem ?? 'git can not read it'), 'bad')];
  return partial === null ? [] : [span(plain(partial), 'quiet')];
}
