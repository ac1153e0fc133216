import type { RepoStatus } from '#engines/repo/types.ts';
import { age } from '../kit/age.ts';
import type { Column } from '../kit/column.ts';
import { changeSpans, syncSpans } from '../kit/figures.ts';
import { type Line, spaced, span, type Tone } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { type Condition, conditionOf } from './row.ts';

/** Minutes after which a row says how old it is. */
const STALE = 10 * 60_000;

const TONES: Record<Condition, Tone> = {
  reading: 'quiet',
  clean: 'good',
  changed: 'warning',
  ahead: 'name',
  behind: 'name',
  diverged: 'warning',
  conflict: 'bad',
  missing: 'quiet',
  failed: 'bad',
};

/** What changes often stands on the right, where a repaint is short. */
export const columns: readonly Column<RepoStatus>[] = [
  { id: 'sign', head: '', min: 1, max: 1, priority: 1, role: 'sign', cell: condition },
  {
    id: 'name',
    head: 'REPO',
    min: 10,
    max: 28,
    priority: 0,
    cell: ({ name }) => [span(plain(name), 'strong')],
  },
  { id: 'branch', head: 'BRANCH', min: 8, max: 32, priority: 2, cell: branch },
  { id: 'sync', head: 'SYNC', min: 5, max: 9, priority: 3, cell: sync },
  { id: 'changes', head: 'CHANGES', min: 8, max: 15, priority: 4, cell: changes },
  { id: 'notes', head: 'STATE', min: 10, max: 26, priority: 5, role: 'state', cell: notes },
  { id: 'commit', head: 'LAST COMMIT', min: 20, max: 20, grows: true, priority: 7, cell: commit },
  { id: 'age', head: 'AGE', min: 4, max: 4, align: 'right', priority: 6, cell: commitAge },
];

function condition(row: RepoStatus, look: Look): Line {
  const found = conditionOf(row);
  return [span(look.sign(found), TONES[found])];
}

function branch({ state, branch: name, head }: RepoStatus, look: Look): Line {
  if (state !== 'ok') return [];
  if (name !== null) return [span(look.sign('branch') + plain(name), 'name')];
  return [span(head === null ? 'no commit' : `at ${head.slice(0, 8)}`, 'quiet')];
}

function sync(row: RepoStatus, look: Look): Line {
  return row.state === 'ok' ? syncSpans(row, look) : [];
}

function changes(row: RepoStatus): Line {
  return row.state === 'ok' ? changeSpans(row) : [];
}

function notes(row: RepoStatus, look: Look): Line {
  const { moved, dirty, missing } = row.submodules;
  const submodules = (moved ?? 0) + (dirty ?? 0) + (missing ?? 0);
  return spaced([
    row.state === 'missing' && span('not cloned', 'quiet'),
    row.state === 'no-repo' && span('no repository', 'bad'),
    row.state === 'failed' && span('unreadable', 'bad'),
    row.operation !== null && span(row.operation, 'bad'),
    row.partial !== null && span('partial', 'quiet'),
    !!row.stashes && span(`${look.sign('stash')}${row.stashes}`, 'quiet'),
    submodules > 0 && span(`${look.sign('submodule')}${submodules}`, 'warning'),
    look.now - row.checkedAt > STALE && span(`seen ${age(look.now - row.checkedAt)} ago`, 'quiet'),
  ]);
}

function commit({ problem, partial, state, lastCommit }: RepoStatus): Line {
  if (problem !== null) return [span(plain(problem), 'bad')];
  if (partial !== null && lastCommit === null) return [span(plain(partial), 'quiet')];
  if (state === 'missing') return [span('sync clones it', 'quiet')];
  return lastCommit === null ? [] : [span(plain(lastCommit.subject), 'quiet')];
}

function commitAge({ lastCommit }: RepoStatus, look: Look): Line {
  return lastCommit === null ? [] : [span(age(look.now - lastCommit.at * 1000), 'quiet')];
}
