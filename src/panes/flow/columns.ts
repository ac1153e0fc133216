import type { FlowBranch } from '#engines/flow/types.ts';
import { age } from '../kit/age.ts';
import type { Column } from '../kit/column.ts';
import { apartSpans } from '../kit/figures.ts';
import { type Line, spaced, span } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { forecastOf } from './row.ts';

/** What finishing comes to stands nearer than what is only good to know. */
export const columns: readonly Column<FlowBranch>[] = [
  { id: 'sign', head: '', min: 1, max: 1, priority: 1, role: 'sign', cell: sign },
  { id: 'branch', head: 'BRANCH', min: 16, max: 36, priority: 0, cell: branch },
  { id: 'repo', head: 'REPO', min: 8, max: 24, priority: 1, cell: ({ repo }) => [span(plain(repo))] },
  { id: 'finish', head: 'FINISH', min: 11, max: 12, priority: 2, role: 'state', cell: finish },
  {
    id: 'develop',
    head: 'DEVELOP',
    min: 7,
    max: 9,
    priority: 3,
    cell: (row, look) => apart(row.develop, look),
  },
  { id: 'main', head: 'MAIN', min: 5, max: 9, priority: 5, cell: (row, look) => apart(row.main, look) },
  { id: 'published', head: 'REMOTE', min: 6, max: 9, priority: 6, cell: published },
  { id: 'worktree', head: 'WORKTREE', min: 8, max: 36, priority: 4, cell: worktreeSpans },
  { id: 'commit', head: 'LAST COMMIT', min: 20, max: 20, grows: true, priority: 8, cell: commit },
  { id: 'age', head: 'AGE', min: 4, max: 4, align: 'right', priority: 7, cell: committed },
];

function sign(row: FlowBranch, look: Look): Line {
  const { sign: name, tone } = forecastOf(row);
  return [span(look.sign(name), tone)];
}

/** The prefix says the kind; it is the name that tells one from the other. */
function branch({ branch: whole, name }: FlowBranch): Line {
  const prefix = whole.endsWith(name) ? whole.slice(0, -name.length) : '';
  return [span(plain(prefix), 'quiet'), span(plain(name), 'strong')];
}

function finish(row: FlowBranch): Line {
  const { words, tone } = forecastOf(row);
  return [span(words, tone)];
}

/** How it stands to a parent; a parent that is not there is not the same as one that is even. */
export function apart(standing: FlowBranch['develop'], look: Look): Line {
  if (standing === null) return [span('none', 'quiet')];
  const { ahead, behind } = standing;
  return ahead === 0 && behind === 0 ? [span('even', 'quiet')] : apartSpans(standing, look);
}

function published({ upstream, ahead, behind }: FlowBranch, look: Look): Line {
  if (upstream === null) return [span('local', 'quiet')];
  return ahead === null || behind === null ? [span('gone', 'warning')] : apart({ ahead, behind }, look);
}

/** Where it is checked out, whether something is changed there, and who holds it. */
export function worktreeSpans({ worktree, set, dirty, lease }: FlowBranch, look: Look): Line {
  if (worktree === null) return [];
  return spaced([
    dirty === true && span(look.sign('changed'), 'warning'),
    span(set === null ? 'repo' : plain(set), 'text'),
    lease !== null && span(plain(lease), 'name'),
  ]);
}

function commit({ subject }: FlowBranch): Line {
  return [span(plain(subject), 'quiet')];
}

function committed({ at }: FlowBranch, look: Look): Line {
  return [span(age(look.now - at * 1000), 'quiet')];
}
