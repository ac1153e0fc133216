import type { Activity } from '#engines/activity/types.ts';
import type { FlowBranch } from '#engines/flow/types.ts';
import type { Commit, Diff } from '#engines/repo/types.ts';
import { activityLines } from '../kit/activities.ts';
import { age } from '../kit/age.ts';
import { diffLines } from '../kit/diff.ts';
import { fact } from '../kit/facts.ts';
import { commitLine } from '../kit/history.ts';
import { type Line, span } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { note } from '../kit/note.ts';
import { plain } from '../kit/plain.ts';
import { wrapLine } from '../kit/wrap.ts';
import type { Section } from '../pane.ts';
import { apart } from './columns.ts';
import { matrixLines } from './matrix.ts';
import { forecastOf } from './row.ts';

export const sections: readonly Section<FlowBranch>[] = [
  { id: 'matrix', title: 'Matrix', lines: ({ rows, row }, look) => matrixLines(rows, row, look) },
  {
    id: 'branch',
    title: 'Branch',
    lines: ({ row, width }, look) => factsOf(row, look).flatMap((line) => wrapLine(line, width)),
  },
  {
    id: 'diff',
    title: 'Diff',
    query: ({ kind, name, repo }) => ({ action: `flow.${kind}.diff`, input: { name, repos: [repo] } }),
    lines: ({ data }) => {
      const [patch] = (data as { repos: Diff[] }).repos;
      return patch ? diffLines(patch) : note('Nothing was changed since it was started.');
    },
  },
  {
    id: 'log',
    title: 'Log',
    query: ({ repo, branch }) => ({ action: 'repo.log', input: { repo, from: branch } }),
    lines: ({ data, width }, look) =>
      (data as { commits: Commit[] }).commits.map((one) => commitLine(one, width, look)),
  },
  {
    id: 'running',
    title: 'Running',
    lines: ({ activities }, look) => activityLines(activities as Activity[], look),
  },
];

function factsOf(row: FlowBranch, look: Look): Line[] {
  const { sign, tone, words } = forecastOf(row);
  return [
    ...fact('branch', [span(plain(row.branch), 'strong')]),
    ...fact('kind', [span(row.kind)]),
    ...fact('repo', [span(plain(row.repo))]),
    ...fact('commit', [
      span(`${row.oid.slice(0, 8)} `, 'name'),
      span(`${age(look.now - row.at * 1000)}  `, 'quiet'),
      span(plain(row.subject)),
    ]),
    ...fact('develop', apart(row.develop, look)),
    ...fact('main', apart(row.main, look)),
    ...fact('published', row.upstream === null ? [span('not yet', 'quiet')] : [span(plain(row.upstream))]),
    ...fact(
      'worktree',
      row.worktree === null ? [span('checked out nowhere', 'quiet')] : [span(plain(row.worktree))],
    ),
    ...fact('changes', changesOf(row)),
    ...fact('held by', row.lease === null ? [] : [span(plain(row.lease), 'name')]),
    ...fact('finish', [span(`${look.sign(sign)} ${words}`, tone)]),
    ...row.conflicts.flatMap((path) => fact('', [span(plain(path), 'bad')])),
  ];
}

function changesOf({ dirty }: FlowBranch): Line {
  if (dirty === null) return [];
  return dirty ? [span('not committed yet', 'warning')] : [span('none', 'quiet')];
}
