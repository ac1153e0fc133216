import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gitDirectories, readText } from '../directory.ts';
import { parseGitmodules } from '../gitmodules.ts';

/** The name under which git keeps what belongs to a worktree, as the worktree says it; nothing where it is none. */
export function idIn(worktree: string): string | undefined {
  const own = gitDirectories(worktree)?.own;
  return own && basename(dirname(own)) === 'worktrees' ? basename(own) : undefined;
}

/** The name itself, or with the first number that no other worktree has, as git does it. */
export function freeId(all: string, id: string): string {
  const stem = id.replace(/\d+$/, '');
  for (let number = 0, name = id; ; number += 1, name = `${stem}${number}`) {
    if (!existsSync(join(all, name))) return name;
  }
}

/** Makes the files of a worktree and of its submodules lead to another name; those that do already stay as they are. */
export async function relink(worktree: string, { all, id }: { all: string; id: string }): Promise<void> {
  const marker = `/${basename(dirname(all))}/worktrees/`;
  for (const file of linksBelow(worktree)) {
    const text = readText(file) ?? '';
    const at = text.lastIndexOf(marker);
    if (at === -1) continue;
    const start = at + marker.length;
    const rest = text.slice(start).replace(/^[^/\r\n]+/, id);
    if (text.slice(start) !== rest) await writeFile(file, text.slice(0, start) + rest);
  }
}

function linksBelow(worktree: string): string[] {
  const declared = parseGitmodules(readText(join(worktree, '.gitmodules')) ?? '');
  const inside = declared
    .map(({ path }) => join(worktree, path))
    .filter((path) => existsSync(join(path, '.git')));
  return [join(worktree, '.git'), ...inside.flatMap(linksBelow)];
}
