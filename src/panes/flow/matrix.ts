import type { FlowBranch } from '#engines/flow/types.ts';
import { cells, sized } from '../kit/cells.ts';
import { fitLine, grounded, type Line, lineCells, span } from '../kit/line.ts';
import type { Look } from '../kit/look.ts';
import { plain } from '../kit/plain.ts';
import { apart, worktreeSpans } from './columns.ts';
import { flowBranchOf, forecastOf } from './row.ts';

/** Cells: before the names, the widest name, the widest column, between columns. */
const MARGIN = 2;
const NAME = 24;
const WIDEST = 26;
const GAP = 2;

/** A flow branch over all repos. */
interface Branch {
  key: string;
  head: Line[];
  /** What stands in its cells, by repo. */
  cells: Map<string, Line[]>;
}

interface Frame {
  repos: readonly string[];
  widths: ReadonlyMap<string, number>;
  /** Cells of the names. */
  name: number;
}

interface Grid {
  frame: Frame;
  /** Each with its lines as they stand while another is selected. */
  branches: readonly (Branch & { lines: Line[] })[];
}

/** Every flow branch by repo: what finishing comes to, how it stands to both parents, where it is worked on. */
export function matrixLines(rows: readonly FlowBranch[], selected: FlowBranch, look: Look): Line[] {
  const { frame, branches } = gridOf(rows, look);
  const more = look.sign('more');
  const heads = frame.repos.map((repo): Line => {
    const tone = repo === selected.repo ? 'strong' : 'quiet';
    return [span(sized(plain(repo), frame.widths.get(repo) ?? 0, more), tone)];
  });
  const key = flowBranchOf(selected);
  return [
    joined([[span(' '.repeat(MARGIN + frame.name))], ...heads]),
    ...branches.flatMap((branch) => [
      [],
      ...(branch.key === key ? branchLines(branch, frame, look, selected.repo) : branch.lines),
    ]),
  ];
}

function branchLines(branch: Branch, { repos, widths, name }: Frame, look: Look, selected?: string): Line[] {
  const height = Math.max(branch.head.length, ...[...branch.cells.values()].map((lines) => lines.length));
  return Array.from({ length: height }, (_, index) => {
    const isMarked = selected !== undefined && index === 0;
    const mark = span(isMarked ? `${look.sign('selected')} ` : '  ', 'focus');
    const found = repos.map((repo): Line => {
      const line = fitLine(branch.cells.get(repo)?.[index] ?? [], widths.get(repo) ?? 0, look.sign('more'));
      return isMarked && repo === selected ? grounded(line, 'tab') : line;
    });
    return joined([[mark, ...fitLine(branch.head[index] ?? [], name, look.sign('more'))], ...found]);
  });
}

const remembered = new WeakMap<readonly FlowBranch[], Grid>();

/** Made once for the same rows: moving among them is to cost next to nothing. */
function gridOf(rows: readonly FlowBranch[], look: Look): Grid {
  const known = remembered.get(rows);
  if (known) return known;
  const found = branchesOf(rows, look);
  const frame = frameFor(found, rows);
  const grid = {
    frame,
    branches: found.map((branch) => ({ ...branch, lines: branchLines(branch, frame, look) })),
  };
  remembered.set(rows, grid);
  return grid;
}

/** In the order of the rows. */
function branchesOf(rows: readonly FlowBranch[], look: Look): Branch[] {
  const branches = new Map<string, Branch>();
  for (const row of rows) {
    const key = flowBranchOf(row);
    const head: Line[] = [[span(plain(row.name), 'strong')], [span(row.kind, 'quiet')]];
    const branch = branches.get(key) ?? { key, head, cells: new Map() };
    branches.set(key, branch);
    branch.cells.set(row.repo, cellLines(row, look));
  }
  return [...branches.values()];
}

function frameFor(branches: readonly Branch[], rows: readonly FlowBranch[]): Frame {
  const repos = [...new Set(rows.map(({ repo }) => repo))].sort();
  const widths = new Map(repos.map((repo) => [repo, cells(plain(repo))]));
  for (const branch of branches) {
    for (const [repo, lines] of branch.cells)
      widths.set(repo, Math.min(WIDEST, Math.max(widths.get(repo) ?? 0, ...lines.map(lineCells))));
  }
  const name = Math.min(NAME, Math.max(0, ...branches.flatMap(({ head }) => head.map(lineCells))));
  return { repos, widths, name };
}

function cellLines(row: FlowBranch, look: Look): Line[] {
  const { sign, tone, words } = forecastOf(row);
  const worktree = worktreeSpans({ ...row, lease: null }, look);
  return [
    [span(`${look.sign(sign)} `, tone), span(words, tone)],
    [span('develop ', 'quiet'), ...apart(row.develop, look)],
    [span('main    ', 'quiet'), ...apart(row.main, look)],
    ...(worktree.length > 0 ? [[span('in ', 'quiet'), ...worktree]] : []),
    ...(row.lease === null ? [] : [[span('by ', 'quiet'), span(plain(row.lease), 'name')]]),
  ];
}

function joined(parts: readonly Line[]): Line {
  return parts.flatMap((part, index) => (index === 0 ? part : [span(' '.repeat(GAP)), ...part]));
}
