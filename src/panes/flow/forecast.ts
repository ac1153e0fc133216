import type { FlowBranch } from '#engines/flow/types.ts';
import { cells, sized } from '../kit/cells.ts';
import { type Line, span } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { apart } from './columns.ts';
import { PARENTS } from './kinds.ts';

/** Files that are named before the rest is counted. */
const NAMED = 3;

/** What finishing a flow branch comes to, repo by repo. */
export function finishLines(rows: readonly FlowBranch[], look: Look): Line[] {
  const width = Math.max(0, ...rows.map(({ repo }) => cells(plain(repo))));
  return rows.flatMap((row): Line[] => {
    const into = PARENTS[row.kind];
    const { tone, sign, words } = outcomeOf(row, into);
    return [
      [
        span(sized(plain(row.repo), width, look.sign('more')), 'strong'),
        span(`  ${look.sign(sign)} `, tone),
        span(words, tone),
        span(`  ${into} `, 'quiet'),
        ...apart(row[into], look),
        ...besides(row, look),
      ],
      ...conflictLines(row.conflicts, width),
    ];
  });
}

function outcomeOf({ forecast, conflicts }: FlowBranch, into: string) {
  switch (forecast) {
    case 'clean':
      return { sign: 'clean', tone: 'good', words: `merges into ${into} without a conflict` } as const;
    case 'merged':
      return { sign: 'clean', tone: 'quiet', words: `${into} has all of it already` } as const;
    case 'unknown':
      return { sign: 'reading', tone: 'quiet', words: 'nobody can tell before it is done' } as const;
    case 'conflict': {
      const files = conflicts.length === 1 ? '1 file' : `${conflicts.length || 'some'} files`;
      return { sign: 'conflict', tone: 'bad', words: `conflicts with ${into} in ${files}` } as const;
    }
  }
}

/** What goes with a flow branch, repo by repo. */
export function deleteLines(rows: readonly FlowBranch[], look: Look): Line[] {
  const width = Math.max(0, ...rows.map(({ repo }) => cells(plain(repo))));
  return rows.map((row): Line => {
    const from = PARENTS[row.kind];
    const own = row[from]?.ahead ?? 0;
    const words =
      own === 0 ? `${from} has all of it` : `${own} ${own === 1 ? 'commit' : 'commits'} that ${from} lacks`;
    return [
      span(sized(plain(row.repo), width, look.sign('more')), 'strong'),
      span(`  ${words}`, own === 0 ? 'quiet' : 'warning'),
      span(row.upstream === null ? ', not published' : `, published as ${plain(row.upstream)}`, 'quiet'),
      ...besides(row, look),
    ];
  });
}

/** What else a person would want to know before. */
function besides({ dirty, lease }: FlowBranch, look: Look): Line {
  const found = [
    dirty === true && 'changes that are not committed',
    lease !== null && `held by ${plain(lease)}`,
  ].filter((one) => one !== false);
  return found.length === 0 ? [] : [span(`  ${look.sign('changed')} ${found.join(', ')}`, 'warning')];
}

function conflictLines(paths: readonly string[], width: number): Line[] {
  const indent = ' '.repeat(width + 4);
  const named = paths.slice(0, NAMED).map((path): Line => [span(indent + plain(path), 'bad')]);
  const rest = paths.length - named.length;
  return rest > 0 ? [...named, [span(`${indent}and ${rest} more`, 'quiet')]] : named;
}
