import type { Activity } from '#engines/activity/types.ts';
import type { Branch, Commit, Detail, Diff, RepoStatus, Submodule } from '#engines/repo/types.ts';
import { activityLines } from '../kit/activities.ts';
import { age } from '../kit/age.ts';
import { cells, sized } from '../kit/cells.ts';
import { changeLines } from '../kit/changes.ts';
import { diffLines } from '../kit/diff.ts';
import { commitLine } from '../kit/history.ts';
import { type Line, span } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { note } from '../kit/note.ts';
import { plain } from '../kit/plain.ts';
import type { Section, Subject } from '../pane.ts';

type Lines = (subject: Subject<RepoStatus>, look: Look) => Line[];

export const sections: readonly Section<RepoStatus>[] = [
  asked('changes', 'Changes', 'repo.detail', ({ row, data }, look) =>
    changeLines((data as Detail).changes, row, look),
  ),
  asked('log', 'Log', 'repo.log', ({ data, width }, look) =>
    (data as { commits: Commit[] }).commits.map((one) => commitLine(one, width, look)),
  ),
  asked('diff', 'Diff', 'repo.diff', ({ data }) => diffLines(data as Diff)),
  asked('branches', 'Branches', 'repo.branches', ({ data }, look) =>
    branchLines((data as { branches: Branch[] }).branches, look),
  ),
  asked('submodules', 'Submodules', 'repo.detail', ({ data }) => submoduleLines((data as Detail).submodules)),
  {
    id: 'running',
    title: 'Running',
    lines: ({ activities }, look) => activityLines(activities as Activity[], look),
  },
];

function asked(id: string, title: string, action: string, lines: Lines): Section<RepoStatus> {
  return { id, title, lines, query: ({ name }) => ({ action, input: { repo: name } }) };
}

function branchLines(branches: readonly Branch[], look: Look): Line[] {
  if (branches.length === 0) return note('No branches yet.');
  const width = Math.min(40, Math.max(...branches.map(({ name }) => cells(plain(name))))) + 2;
  return branches.map(({ name, current, ahead, behind, at, subject }) => [
    span(current ? `${look.sign('selected')} ` : '  ', 'focus'),
    span(sized(plain(name), width, look.sign('more')), current ? 'strong' : 'name'),
    span(
      sized(
        [ahead > 0 && look.sign('ahead') + ahead, behind > 0 && look.sign('behind') + behind]
          .filter(Boolean)
          .join(' '),
        9,
        '',
      ),
      'warning',
    ),
    span(sized(age(look.now - at * 1000), 5, ''), 'quiet'),
    span(plain(subject), 'quiet'),
  ]);
}

function submoduleLines(submodules: readonly Submodule[]): Line[] {
  if (submodules.length === 0) return note('No submodules.');
  return submodules.map(({ path, state, recorded, head }) => [
    span(sized(state, 10, ''), state === 'ok' ? 'good' : 'warning'),
    span(plain(path)),
    span(
      recorded && head && recorded !== head
        ? `  at ${head.slice(0, 8)}, recorded ${recorded.slice(0, 8)}`
        : '',
      'quiet',
    ),
  ]);
}
