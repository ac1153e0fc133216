import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { ask } from '#engines/git/ask.ts';
import { readIndexFact, readTrackedFact } from '#engines/git/commit/index-state.ts';
import { gitBranch, gitHead, gitIndex, gitTracked } from '#engines/git/facts.ts';
import { requireNoMerge } from '#engines/git/merge/conflict.ts';
import { gitCommit } from '#engines/git/operations.ts';
import { git } from '#engines/git/run.ts';
import { type ChangedFile, parseChanges, parseStatus, STATUS_ARGS } from '#engines/git/status.ts';
import { counted } from '#engines/git/words.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';
import { type Chosen, planEach, type Verdict } from './choose.ts';
import { repoError } from './errors.ts';

interface CommitInput {
  message: string;
  repos: string[];
  all: boolean;
}

/** One commit per repo that has something to commit, with the same message. */
export async function planCommit(input: CommitInput, context: Context): Promise<Draft> {
  if (input.message.trim() === '' || input.message.includes('\0')) {
    throw repoError('message-unusable', 'The message is empty, or has a character that git can not keep.', {
      next: ["gantry repo commit --message 'What this changes and why'"],
    });
  }
  return planEach(context, input.repos, (chosen, bounded) => planOne(bounded, chosen, input));
}

async function planOne(
  context: Context,
  { repo, target }: Chosen,
  { message, all }: CommitInput,
): Promise<Verdict> {
  const { stdout } = await ask(context, { cwd: repo.path, args: STATUS_ARGS });
  const { branch, head, conflicted } = parseStatus(stdout);
  if (conflicted > 0) throw conflicts(repo, conflicted);
  await requireNoMerge(repo.path, target);
  const changes = parseChanges(stdout);
  if (!changes.some((file) => isCommitted(file, all))) return { settled: nothing(changes) };
  await requireIdentity(context, repo);
  const content = all
    ? expect(gitTracked, {}, await readTrackedFact({}, target, context))
    : expect(gitIndex, {}, await readIndexFact({}, target, context));
  return {
    steps: [
      {
        id: `${repo.name}/1`,
        target,
        expects: [
          expect(gitBranch, {}, branch ?? 'detached'),
          expect(gitHead, {}, head ?? 'unborn'),
          content,
        ],
        ...call(gitCommit, { message, all, from: head }),
      },
    ],
  };
}

/** A submodule is committed by its commit: what has changed inside it is not. */
function isCommitted({ kind, index, worktree, submodule }: ChangedFile, all: boolean): boolean {
  if (kind === 'untracked') return false;
  return index !== '.' || (all && worktree !== '.' && (submodule === undefined || submodule.moved));
}

function nothing(changes: readonly ChangedFile[]): string {
  if (changes.some((file) => isCommitted(file, true))) return 'nothing is staged; --all takes its changes';
  return changes.some(({ kind }) => kind === 'untracked') ? 'only untracked files' : 'nothing to commit';
}

function conflicts({ name, path }: WorkspaceRepo, count: number) {
  return repoError('conflicts', `${name} has conflicts in ${counted(count, 'file')}.`, {
    next: [`git -C ${quote(path)} status`, `git -C ${quote(path)} mergetool`],
  });
}

async function requireIdentity(context: Context, { name, path }: WorkspaceRepo): Promise<void> {
  const { exitCode } = await git(context, {
    cwd: path,
    mode: 'background',
    args: ['var', 'GIT_COMMITTER_IDENT'],
    answers: [0, 128],
  });
  if (exitCode === 0) return;
  throw repoError('identity-unknown', `git does not know who commits in ${name}.`, {
    next: ["git config --global user.name 'NAME'", "git config --global user.email 'ADDRESS'"],
  });
}
