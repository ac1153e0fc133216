import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Call, Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { listChanges, readChanges } from '#engines/git/changes.ts';
import { gitBranch, gitChanges, gitHead, gitRef } from '#engines/git/facts.ts';
import { filesInTheWay } from '#engines/git/in-the-way.ts';
import { requireStatus } from '#engines/git/inspect.ts';
import { requireNoMerge } from '#engines/git/merge/conflict.ts';
import { gitSnapshot, gitStashPop, gitStashPush } from '#engines/git/operations.ts';
import { readStash, STASH } from '#engines/git/stash/entries.ts';
import { requireKeepable } from '#engines/git/survey.ts';
import { type Chosen, planEach, type Verdict } from './choose.ts';
import { repoError } from './errors.ts';

interface StashInput {
  repos: string[];
  pop: boolean;
  untracked: boolean;
  message?: string;
}

/** Snapshot, then changes are put aside, or the newest that was put aside comes back. */
export async function planStash(input: StashInput, context: Context): Promise<Draft> {
  const { repos, pop, untracked, message } = input;
  if (pop && (untracked || message !== undefined)) {
    throw repoError('options-clash', 'What comes back from the stash takes no message and no --untracked.', {
      next: ['gantry repo stash --pop', 'gantry repo stash --untracked'],
    });
  }
  return planEach(context, repos, (chosen, bounded) => planOne(bounded, chosen, input));
}

async function planOne(context: Context, { repo, target }: Chosen, input: StashInput): Promise<Verdict> {
  const { branch, head } = await requireStatus(context, repo);
  await requireNoMerge(repo.path, target);
  if (head === null) {
    throw repoError('no-commit', `${repo.name} has no commit that changes could be kept upon.`, {
      next: [`gantry repo commit --repos ${quote(repo.name)} --message 'Begin'`],
    });
  }
  const [newest] = await readStash(context, repo.path);
  const work = input.pop ? popOf(newest?.oid) : await pushOf(context, repo.path, input, newest?.oid ?? null);
  if ('settled' in work) return work;
  await requireKeepable(context, repo.path);
  const step = {
    target,
    expects: [
      expect(gitBranch, {}, branch ?? 'detached'),
      expect(gitHead, {}, head),
      expect(gitChanges, {}, await readChanges({}, target, context)),
      expect(gitRef, { ref: STASH }, newest?.oid ?? 'absent'),
    ],
  };
  const also = await filesInTheWay(context, repo.path, work.brings ?? head);
  return {
    steps: [
      { id: `${repo.name}/1`, ...step, ...call(gitSnapshot, { ignored: false, also }) },
      { id: `${repo.name}/2`, ...step, ...work.call },
    ],
  };
}

/** `brings`: the commit whose files come into the working tree; HEAD's unless told. */
type Work = { call: Call; brings?: string } | { settled: string };

function popOf(newest?: string): Work {
  if (newest === undefined) return { settled: 'its stash is empty' };
  return { call: call(gitStashPop, { oid: newest }), brings: newest };
}

async function pushOf(
  context: Context,
  cwd: string,
  { untracked, message }: StashInput,
  onto: string | null,
): Promise<Work> {
  const changes = await listChanges(context, cwd);
  const [some, others] = [
    changes.some(({ kind }) => kind !== 'untracked'),
    changes.some(({ kind }) => kind === 'untracked'),
  ];
  if (some || (untracked && others))
    return { call: call(gitStashPush, { untracked, message: message ?? null, onto }) };
  return { settled: others ? 'only untracked files, which --untracked takes too' : 'nothing to put aside' };
}
