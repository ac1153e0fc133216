import type { Context } from '#engines/core/context.ts';
import { type BytePath, splitNul } from './bytes.ts';
import { git } from './run.ts';

/** A line of the index as `git ls-files -s -v` lists it. */
export interface IndexEntry {
  path: BytePath;
  mode: string;
  oid: string;
  /** 1 to 3 in a conflict. */
  stage: number;
  /** git was told to assume that it never changes, or to leave it out of the worktree: no status looks at it. */
  overlooked: boolean;
}

export const GITLINK = '160000';

export async function readIndex(context: Context, cwd: string): Promise<IndexEntry[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    args: ['ls-files', '-z', '--stage', '-v'],
  });
  return splitNul(stdout).map(parseEntry);
}

/** `H 100644 <oid> 0\t<path>` */
function parseEntry(line: string): IndexEntry {
  const tab = line.indexOf('\t');
  const [tag = '', mode = '', oid = '', stage = ''] = line.slice(0, tab).split(' ');
  return {
    path: line.slice(tab + 1),
    mode,
    oid,
    stage: Number(stage),
    overlooked: tag === 'S' || tag !== tag.toUpperCase(),
  };
}
