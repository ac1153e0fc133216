import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Step, Target } from '#engines/core/plan.ts';
import type { BytePath } from '#engines/git/bytes.ts';
import { existing } from '#engines/git/in-the-way.ts';
import { listMatching } from '#engines/git/worktree/untracked.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { worktreeCopy } from './operations.ts';
import { isSetUp, setupStep } from './setup.ts';

interface Hooked {
  repo: WorkspaceRepo;
  /** The worktree, which may not be there yet. */
  target: Target;
  set: string;
  branch: string;
}

/** What is left to do until a worktree is ready for work. */
export async function hookSteps(
  context: Context,
  workspace: Workspace,
  { repo, target, set, branch }: Hooked,
): Promise<Step[]> {
  const { copy, command } = hooksOf(workspace, repo);
  const path = target.path as string;
  const files = await missing(path, await listMatching(context, repo.path, copy));
  const steps: Step[] =
    files.length === 0 ? [] : [{ id: '', target, expects: [], ...call(worktreeCopy, { files }) }];
  if (command === undefined || isSetUp(path, command)) return steps;
  return [...steps, setupStep(workspace, { id: '', target, command, set, branch })];
}

interface Hooks {
  /** Patterns of untracked files that are copied from the main worktree. */
  copy: readonly string[];
  /** A line of shell. */
  command?: string;
}

/** What the manifest says of a repo; of what it says nothing there, what it says of all of them. */
function hooksOf({ manifest }: Workspace, { name }: WorkspaceRepo): Hooks {
  const own = manifest.repos.find((repo) => repo.name === name)?.worktree;
  const common = manifest.worktree;
  return {
    copy: own?.copy ?? common.copy ?? [],
    command: (own?.run_cmd ?? common.run_cmd)?.trim() || undefined,
  };
}

async function missing(path: string, files: readonly BytePath[]): Promise<BytePath[]> {
  const there = await Promise.all(files.map((file) => existing(path, [file])));
  return files.filter((_, index) => there[index]?.length === 0);
}
