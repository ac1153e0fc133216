import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { type BytePath, decodePath, splitNul } from '#engines/git/bytes.ts';
import { listChanges } from '#engines/git/changes.ts';
import { gitError } from '#engines/git/errors.ts';
import { filesInTheWay } from '#engines/git/in-the-way.ts';
import { git } from '#engines/git/run.ts';

interface Move {
  /** Name for people. */
  name: string;
  /** Absolute path of the worktree. */
  path: string;
  /** The commit that is to be checked out. */
  to: string;
  /** What can be done about it. */
  next: string[];
}

/** Throws where a checkout of a commit would go over something that is in no commit, and names it. */
export async function requireNothingInTheWay(
  context: Context,
  { name, path, to, next }: Move,
): Promise<void> {
  const [first, ...more] = await changesInTheWay(context, path, to);
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const file = decodePath(first) ?? first;
  throw gitError(
    'changes-in-the-way',
    `${name} has local changes in ${file}${others}, which would be lost.`,
    {
      next: [...next, `git -C ${quote(path)} status`],
      details: { files: [first, ...more].map((one) => decodePath(one) ?? one).slice(0, 20) },
    },
  );
}

/** Changed files that differ between HEAD and the commit, and untracked or ignored ones in whose place it has something. */
async function changesInTheWay(context: Context, cwd: string, to: string): Promise<BytePath[]> {
  const [changes, coming, untracked] = await Promise.all([
    listChanges(context, cwd),
    comingFiles(context, cwd, to),
    filesInTheWay(context, cwd, to),
  ]);
  const tracked = changes.filter(({ kind }) => kind !== 'untracked').map(({ path }) => path);
  return [...new Set([...tracked.filter((path) => coming.has(path)), ...untracked])];
}

async function comingFiles(context: Context, cwd: string, to: string): Promise<Set<BytePath>> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    args: ['diff-tree', '-r', '-z', '--name-only', '--no-renames', 'HEAD', to, '--'],
  });
  return new Set(splitNul(stdout));
}
