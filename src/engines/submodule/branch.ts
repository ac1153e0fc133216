import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { nearest } from '#engines/core/nearest.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Rest } from '#engines/core/plan.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import { quote } from '#engines/core/shell.ts';
import { ask } from '#engines/git/ask.ts';
import { type Branch, readBranches } from '#engines/git/branches.ts';
import { gitBranch, gitBranchKnown, gitHead } from '#engines/git/facts.ts';
import { requireNoMerge } from '#engines/git/merge/conflict.ts';
import { requireBranchName } from '#engines/git/names.ts';
import { gitBranchTrack, gitFetch, gitSubmoduleBranches, gitSwitch } from '#engines/git/operations.ts';
import { commitsOnlyHere } from '#engines/git/submodule/observe.ts';
import { counted } from '#engines/git/words.ts';
import type { Verdict } from '#engines/repo/choose.ts';
import { requireNothingInTheWay } from '#engines/repo/in-the-way.ts';
import { type Chosen, planEach } from './choose.ts';
import { resultsOf } from './conclude.ts';
import { submoduleError } from './errors.ts';
import { requireCheckedOut } from './require.ts';
import type { BranchResult } from './types.ts';

interface BranchInput {
  submodule: string;
  branch?: string;
  repos: string[];
}

/** Without a branch it is only looked at; else fetch, then switch, to a new branch where only the remote has it. */
export function planBranch({ submodule, branch, repos }: BranchInput, context: Context): Promise<Draft> {
  return planEach(context, { submodules: [submodule], repos }, async (chosen, bounded) => {
    requireCheckedOut(chosen.row);
    return branch === undefined ? show(chosen) : planSwitch(bounded, chosen, branch);
  });
}

function show({ row, target }: Chosen): Verdict {
  return { steps: [{ id: `${row.id}/1`, target, expects: [], ...call(gitSubmoduleBranches, {}) }] };
}

async function planSwitch(context: Context, { row, target }: Chosen, branch: string): Promise<Verdict> {
  const place = target.path as string;
  await requireBranchName(context, place, branch);
  await requireNoMerge(place, target);
  if (row.branch === branch) return { settled: `on ${branch} already` };
  await requireNamedCommits(context, { row, target }, branch);
  const [remote, local, remotes] = await Promise.all([
    remoteOf(context, place),
    readBranches(context, place),
    readBranches(context, place, { remote: true }),
  ]);
  const known = [...local, ...remotes].find(({ name }) => name === branch || name === `${remote}/${branch}`);
  if (known) await requireNothingInTheWay(context, { name: row.id, path: place, to: known.oid, next: [] });
  const from = row.branch ?? (row.head as string);
  const step = {
    target,
    expects: [expect(gitBranch, {}, row.branch ?? 'detached'), expect(gitHead, {}, row.head as string)],
  };
  const switching = {
    ...step,
    id: `${row.id}/2`,
    fact: gitBranchKnown.id,
    args: { branch, remote: remote ?? '' },
    outcomes: {
      local: call(gitSwitch, { from, to: branch }),
      remote: call(gitBranchTrack, { branch, upstream: `${remote}/${branch}`, from }),
      absent: unknownBranch(row.id, branch, [...local, ...remotes], place),
    },
  };
  if (remote === undefined) return { steps: [switching] };
  return { steps: [{ id: `${row.id}/1`, ...step, ...call(gitFetch, { prune: false }) }, switching] };
}

/** What is on a detached HEAD alone would have no name once HEAD is elsewhere. */
async function requireNamedCommits(
  context: Context,
  { row, target }: Pick<Chosen, 'row' | 'target'>,
  branch: string,
): Promise<void> {
  const place = target.path as string;
  const alone = row.branch === null ? await commitsOnlyHere(context, place, [row.recorded]) : 0;
  if (alone === 0) return;
  throw submoduleError('submodule-commits', `${row.id} has ${counted(alone, 'commit')} that no branch has.`, {
    next: [
      `git -C ${quote(place)} branch NAME`,
      `gantry submodule branch ${quote(row.path)} ${quote(branch)}`,
    ],
  });
}

/** Its origin, or the only one that it has. */
async function remoteOf(context: Context, cwd: string): Promise<string | undefined> {
  const remotes = (await ask(context, { cwd, args: ['remote'] })).stdout.split('\n').filter(Boolean);
  return remotes.includes('origin') ? 'origin' : remotes[0];
}

function unknownBranch(id: string, branch: string, all: readonly Branch[], place: string): Rest {
  const names = all.map(({ name, ref }) =>
    ref.startsWith('refs/remotes/') ? name.slice(name.indexOf('/') + 1) : name,
  );
  const close = nearest(branch, names);
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  const reason = `${id} has no branch ${branch}, and neither has its remote.${hint}`;
  const next = [`git -C ${quote(place)} branch --all`];
  return { status: 'refused', reason, failure: submoduleError('branch-unknown', reason, { next }).failure };
}

const shown = z.object({ branch: z.nullable(z.string()), branches: z.array(z.string()) });

export function concludeBranch(receipt: Receipt): { submodules: BranchResult[] } {
  return {
    submodules: resultsOf(receipt).map(({ step, result }) => {
      const seen = z.safeParse(shown, step.result);
      return { ...result, ...(seen.success ? seen.data : { branch: null, branches: [] }) };
    }),
  };
}
