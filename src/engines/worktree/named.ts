import { resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { realPlace } from '#engines/git/worktree/place.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { worktreeError } from './errors.ts';
import { allMembers, type Member, setsOf } from './members.ts';
import { unknownSet } from './name.ts';

export interface Named {
  /** Of a set, or where a worktree is that was made by hand. */
  name: string;
  repo: string;
}

/** The worktree of a repo in a set, or at a path; its directory is there. */
export async function requireWorktree({ name, repo }: Named, context: Context): Promise<Member> {
  const workspace = await readWorkspace(context);
  selectRepos(workspace, [repo]);
  const members = allMembers(workspace);
  const own = members.filter((member) => member.repo.name === repo);
  const place = realPlace(resolve(context.cwd, name));
  const found = own.find(({ set }) => set === name) ?? own.find(({ path }) => realPlace(path) === place);
  if (found?.exists) return found;
  if (found) throw gone(found);
  const inSet = members.filter(({ set }) => set === name);
  throw inSet.length === 0 ? unknownSet(name, setsOf(workspace)) : notInSet({ name, repo }, inSet);
}

/** What is said where a set has no worktree of a repo. */
export function notInSet({ name, repo }: Named, members: readonly Member[]) {
  return worktreeError('worktree-missing', `${name} has no worktree of ${repo}.`, {
    next: [
      `gantry worktree add ${quote(name)} --repos ${quote(repo)}`,
      `gantry worktree list ${quote(name)}`,
    ],
    details: { set: name, repos: members.map(({ repo: one }) => one.name) },
  });
}

function gone({ path, repo }: Member) {
  return worktreeError('worktree-gone', `The directory ${path} is gone.`, {
    next: [`gantry worktree prune --repos ${quote(repo.name)}`, 'gantry worktree repair'],
  });
}
