import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gitDirectories } from '../directory.ts';

/** git-flow's own file: the branch into which a merge is unfinished, so that its `finish` goes on with it. */
export async function noteForGitFlow(cwd: string, into: string): Promise<void> {
  const file = fileOf(cwd);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${into}\n`);
}

export function hasGitFlowNote(cwd: string): boolean {
  return existsSync(fileOf(cwd));
}

export async function clearGitFlowNote(cwd: string): Promise<void> {
  await rm(fileOf(cwd), { force: true });
}

function fileOf(cwd: string): string {
  return join(gitDirectories(cwd)?.own ?? join(cwd, '.git'), '.gitflow', 'MERGE_BASE');
}
