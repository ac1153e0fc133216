import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { readText } from '#engines/git/directory.ts';
import { gitWorktreeLinks } from '#engines/git/facts.ts';
import { gitWorktreeRepair } from '#engines/git/operations.ts';
import { type Administration, listAdministrations, realPlace } from '#engines/git/worktree/place.ts';
import { readLinksFact } from '#engines/git/worktree/repair.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { repoTarget } from '#engines/workspace/targets.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { baseOf, setOf } from './place.ts';
import { planTogether } from './plan-set.ts';

/** Levels of directories below the base directory that are looked at. */
const DEEPEST = 8;

/** Connects worktrees with their repos again, where one of them was moved by hand. */
export async function planRepair({ repos }: { repos: string[] }, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const found = worktreesBelow(baseOf(workspace));
  return planTogether(context, { workspace, repos }, async ({ repo }) => {
    const broken = brokenOf(workspace, repo, found);
    if (broken.length === 0) return { settled: 'has nothing to repair' };
    const files = broken.flatMap(({ files: own }) => own);
    const links = files.map((file) => ({ file, text: readText(file) ?? '' }));
    const target = repoTarget(repo);
    return {
      steps: [
        {
          id: `${repo.name}/1`,
          target,
          expects: [expect(gitWorktreeLinks, { files }, await readLinksFact({ files }))],
          ...call(gitWorktreeRepair, { paths: broken.map(({ path }) => path), links }),
        },
      ],
    };
  });
}

interface Broken {
  path: string;
  /** The files that git writes. */
  files: string[];
}

/** Worktrees that say they are this repo's while the repo looks for them elsewhere, and the other way round. */
function brokenOf(workspace: Workspace, repo: WorkspaceRepo, found: readonly string[]): Broken[] {
  const known = listAdministrations(repo.path);
  const places = new Set([...found, ...known.flatMap(({ worktree }) => worktree ?? [])]);
  return [...places].flatMap((path) => {
    const link = join(path, '.git');
    const [, target] = /^gitdir: (.+)$/m.exec(readText(link) ?? '') ?? [];
    if (target === undefined || basename(dirname(target)) !== 'worktrees') return [];
    const says = resolve(path, target);
    const own = known.find((one) => isOf(one, { workspace, repo, path, says }));
    if (!own) return [];
    const isWhole = isSame(says, own.directory) && own.worktree !== null && isSame(own.worktree, path);
    return isWhole ? [] : [{ path, files: [link, join(own.directory, 'gitdir')] }];
  });
}

interface Saying {
  workspace: Workspace;
  repo: WorkspaceRepo;
  path: string;
  /** Where the worktree looks for what git keeps of it. */
  says: string;
}

function isOf({ id, directory, worktree }: Administration, { workspace, repo, path, says }: Saying): boolean {
  if (isSame(says, directory) || (worktree !== null && isSame(worktree, path))) return true;
  // Both were moved: neither finds the other, and the place in a set tells whose it is.
  const isLost = !existsSync(says) && (worktree === null || !existsSync(worktree));
  return isLost && id === basename(says) && setOf(workspace, repo, path) !== null;
}

function isSame(one: string, other: string): boolean {
  return realPlace(one) === realPlace(other);
}

function worktreesBelow(directory: string, depth = 0): string[] {
  if (depth > DEEPEST) return [];
  const entries = entriesOf(directory);
  if (entries.some(({ name }) => name === '.git')) return [directory];
  return entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => worktreesBelow(join(directory, name), depth + 1));
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
