import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { gitDirectories, readText, symbolicHead } from '#engines/git/directory.ts';
import { parseGitmodules } from '#engines/git/gitmodules.ts';
import { git } from '#engines/git/run.ts';
import { type ChangedFile, parseChanges } from '#engines/git/status.ts';
import { readSubmodules } from '#engines/git/submodules.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';
import type { Submodule } from './types.ts';

/** The submodules of a repo, in the order of their paths. */
export async function readRows(
  context: Context,
  { name: repo, path: cwd }: WorkspaceRepo,
): Promise<Submodule[]> {
  const declared = parseGitmodules(readText(join(cwd, '.gitmodules')) ?? '');
  const submodules = await readSubmodules(context, cwd);
  if (submodules.length === 0) return [];
  const flags = await readFlags(context, cwd);
  return submodules.map(({ name, path, url, recorded, head }) => ({
    id: `${repo} ${path}`,
    repo,
    name,
    path,
    url,
    state: stateOf({ recorded, head }, flags.get(path)),
    branch: head === null ? null : branchOf(join(cwd, path)),
    follows: declared.find((one) => one.path === path)?.branch ?? null,
    recorded,
    head,
  }));
}

type Flags = NonNullable<ChangedFile['submodule']>;

/** Whatever the configuration would rather not look at. */
async function readFlags(context: Context, cwd: string): Promise<Map<string, Flags>> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    args: ['status', '--porcelain=v2', '-z', '--untracked-files=normal', '--ignore-submodules=none'],
  });
  return new Map(
    parseChanges(stdout).flatMap(({ path, submodule }) => (submodule ? [[path, submodule] as const] : [])),
  );
}

function stateOf(
  { recorded, head }: Pick<Submodule, 'recorded' | 'head'>,
  flags?: Flags,
): Submodule['state'] {
  if (head === null) return 'missing';
  if (head !== recorded) return 'moved';
  return flags?.changed || flags?.untracked ? 'dirty' : 'ok';
}

function branchOf(place: string): string | null {
  const directories = gitDirectories(place);
  const head = directories && symbolicHead(directories.own);
  return head?.replace(/^refs\/heads\//, '') ?? null;
}
