import type { Worktree } from '#engines/worktree/types.ts';
import type { Column } from '../kit/column.ts';
import { changeSpans, syncSpans } from '../kit/figures.ts';
import { type Line, spaced, span, type Tone } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { type Condition, conditionOf, directoryOf } from './row.ts';

const TONES: Record<Condition, Tone> = {
  reading: 'quiet',
  clean: 'good',
  changed: 'warning',
  conflict: 'bad',
  missing: 'warning',
  failed: 'bad',
};

export const columns: readonly Column<Worktree>[] = [
  { id: 'sign', head: '', min: 1, max: 1, priority: 1, role: 'sign', cell: condition },
  { id: 'set', head: 'SET', min: 7, max: 24, priority: 0, cell: set },
  {
    id: 'repo',
    head: 'REPO',
    min: 8,
    max: 24,
    priority: 1,
    cell: ({ repo }) => [span(plain(repo))],
  },
  { id: 'branch', head: 'BRANCH', min: 12, max: 32, priority: 5, cell: branch },
  { id: 'sync', head: 'SYNC', min: 5, max: 9, priority: 4, cell: sync },
  { id: 'changes', head: 'CHANGES', min: 7, max: 15, priority: 3, cell: changes },
  { id: 'state', head: 'STATE', min: 12, max: 40, priority: 2, role: 'state', cell: state },
  { id: 'path', head: 'PATH', min: 36, max: 36, grows: true, priority: 6, cell: path },
];

function condition(row: Worktree, look: Look): Line {
  const found = conditionOf(row);
  return [span(look.sign(found), TONES[found])];
}

function set({ set: name, id }: Worktree): Line {
  return name === null ? [span(plain(directoryOf(id)), 'quiet')] : [span(plain(name), 'strong')];
}

function branch({ state: presence, branch: name, head }: Worktree, look: Look): Line {
  if (presence !== 'ok') return [];
  if (name !== null) return [span(look.sign('branch') + plain(name), 'name')];
  return [span(head === null ? 'no commit' : `at ${head.slice(0, 8)}`, 'quiet')];
}

function sync(row: Worktree, look: Look): Line {
  return row.state === 'ok' ? syncSpans(row, look) : [];
}

function changes(row: Worktree): Line {
  return row.state === 'ok' ? changeSpans(row) : [];
}

/** Who holds it comes before why it is locked: that is what a removal meets first. */
function state({ state: presence, operation, lease, leaseEnded, locked, partial, problem }: Worktree): Line {
  return spaced([
    presence === 'missing' && span('gone', 'warning'),
    presence === 'failed' && span(plain(problem ?? 'unreadable'), 'bad'),
    operation !== null && span(operation, 'bad'),
    lease !== null && span(plain(lease), 'name'),
    leaseEnded !== null && span(`left by ${plain(leaseEnded)}`, 'warning'),
    locked !== null && span('locked', 'warning'),
    !!locked && span(plain(locked), 'quiet'),
    partial !== null && span('partial', 'quiet'),
  ]);
}

function path({ id }: Worktree): Line {
  return [span(plain(id), 'quiet')];
}
