import type { RepoStatus } from '#engines/repo/types.ts';
import { type Line, spaced, span } from './line.ts';
import type { Look } from './look.ts';

/** Not read, which is not the same as nothing. */
const UNKNOWN: Line = [span('?', 'quiet')];

type Followed = Pick<RepoStatus, 'branch' | 'ahead' | 'behind' | 'upstream' | 'upstreamGone'>;

/** How the checked-out branch stands to what it follows. */
export function syncSpans({ branch, ahead, behind, upstream, upstreamGone }: Followed, look: Look): Line {
  if (branch === null) return [];
  if (upstreamGone) return [span('gone', 'warning')];
  if (ahead === null || behind === null) return UNKNOWN;
  return upstream === null ? [span('local', 'quiet')] : apartSpans({ ahead, behind }, look);
}

/** Commits that one side has and the other lacks. */
export function apartSpans({ ahead, behind }: { ahead: number; behind: number }, look: Look): Line {
  return spaced([
    ahead > 0 && span(look.sign('ahead') + ahead, 'name'),
    behind > 0 && span(look.sign('behind') + behind, ahead > 0 ? 'warning' : 'name'),
  ]);
}

type Changes = Pick<RepoStatus, 'conflicted' | 'staged' | 'changed' | 'untracked'>;

/** Changed files by what has become of them. */
export function changeSpans({ conflicted, staged, changed, untracked }: Changes): Line {
  return spaced([
    !!conflicted && span(`!${conflicted}`, 'bad'),
    !!staged && span(`+${staged}`, 'good'),
    !!changed && span(`~${changed}`, 'warning'),
    !!untracked && span(`?${untracked}`, 'quiet'),
    untracked === null && span('?', 'quiet'),
  ]);
}
