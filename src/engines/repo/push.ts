import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { ask } from '#engines/git/ask.ts';
import { gitRef } from '#engines/git/facts.ts';
import { requireStatus } from '#engines/git/inspect.ts';
import { gitPush } from '#engines/git/operations.ts';
import type { RepoStatus, WholeStatus } from '#engines/git/types.ts';
import { counted } from '#engines/git/words.ts';
import { type Chosen, planEach, type Verdict } from './choose.ts';
import { repoError } from './errors.ts';

export function planPush({ repos }: { repos: string[] }, context: Context): Promise<Draft> {
  return planEach(context, repos, (chosen, bounded) => planOne(bounded, chosen));
}

async function planOne(context: Context, { repo, target }: Chosen): Promise<Verdict> {
  const status = await requireStatus(context, repo);
  const { branch, head } = requireBranch(status);
  const destination = await destinationOf(context, status, branch);
  if (status.upstream !== null && !status.upstreamGone) {
    if (status.behind > 0) throw behind(status);
    if (status.ahead === 0) return { settled: 'nothing to push' };
  }
  const local = `refs/heads/${branch}`;
  return {
    steps: [
      {
        id: `${repo.name}/1`,
        target,
        expects: [expect(gitRef, { ref: local }, head)],
        ...call(gitPush, { ...destination, local, oid: head }),
      },
    ],
  };
}

function requireBranch({ name, path, branch, head }: RepoStatus): { branch: string; head: string } {
  if (branch === null) {
    throw repoError('no-branch', `${name} has no branch checked out.`, {
      next: [`git -C ${quote(path)} switch BRANCH`],
    });
  }
  if (head === null) {
    throw repoError('no-commit', `${branch} of ${name} has no commit to push.`, {
      next: [`git -C ${quote(path)} status`],
    });
  }
  return { branch, head };
}

interface Destination {
  remote: string;
  upstream: string;
  setUpstream: boolean;
}

/** Its upstream; where it has none, the branch of the same name on the remote, which becomes its upstream. */
async function destinationOf(
  context: Context,
  { path, name }: RepoStatus,
  branch: string,
): Promise<Destination> {
  const { stdout } = await ask(context, {
    cwd: path,
    args: ['for-each-ref', '--format=%(upstream:remotename)%00%(upstream:remoteref)', `refs/heads/${branch}`],
  });
  const [remote = '', upstream = ''] = stdout.trimEnd().split('\0');
  if (remote !== '' && upstream !== '') return { remote, upstream, setUpstream: false };
  const remotes = (await ask(context, { cwd: path, args: ['remote'] })).stdout.split('\n').filter(Boolean);
  const only = remotes.includes('origin') ? 'origin' : remotes.length === 1 ? remotes[0] : undefined;
  if (only !== undefined) return { remote: only, upstream: `refs/heads/${branch}`, setUpstream: true };
  throw repoError('no-remote', `${name} has ${counted(remotes.length, 'remote')} and no origin to push to.`, {
    next: [`git -C ${quote(path)} push --set-upstream REMOTE ${quote(branch)}`],
  });
}

function behind({ name, upstream, behind: count }: WholeStatus) {
  return repoError('behind-upstream', `${upstream} has ${counted(count, 'commit')} that ${name} lacks.`, {
    next: [`gantry repo pull ${quote(name)}`],
  });
}
