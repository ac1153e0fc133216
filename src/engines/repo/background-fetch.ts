import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import { type Failure, failureOf } from '#engines/core/errors.ts';
import { targetKey } from '#engines/core/plan.ts';
import { ask } from '#engines/git/ask.ts';
import { git } from '#engines/git/run.ts';
import { holderOf } from '#engines/store/locks.ts';
import { store } from '#engines/store/store.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { repoTarget, splitByPresence } from '#engines/workspace/targets.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Fetches at once: fewer than there are slots, so that a person's own fetch never waits for these. */
const WIDTH = 4;

/** Milliseconds that one fetch may take. */
const LIMIT = 5 * MINUTE;

/** Nothing that could ask a person is asked: what needs an answer fails, and is tried less and less often. */
const UNATTENDED = {
  GIT_ASKPASS: '',
  SSH_ASKPASS: 'false',
  SSH_ASKPASS_REQUIRE: 'force',
  GCM_INTERACTIVE: 'never',
};

/** What came of one repo's turn. */
export interface Turn {
  repo: string;
  path: string;
  failure?: Failure;
}

export interface BackgroundFetch {
  /** Fetches the repos of the context's workspace whose time has come; none where `fetch.interval` is 0. */
  round(context: Context): Promise<Turn[]>;
}

interface Due {
  /** Milliseconds since the epoch. */
  at: number;
  /** Failures in a row. */
  failures: number;
}

/**
 * Keeps remote branches fresh while nobody waits. It is no activity: it moves nothing of the person's, there is nothing
 * to take back, and a round every few minutes would push what people did off the list. It takes no lock either, for
 * whoever acts must not wait for it; a repo that somebody else is changing is left for the next round.
 */
export function openBackgroundFetch(): BackgroundFetch {
  const dues = new Map<string, Due>();

  async function round(context: Context): Promise<Turn[]> {
    const workspace = await readWorkspace(context);
    const interval = (await readSettings(context, workspace))['fetch.interval'] * MINUTE;
    if (interval === 0) return [];
    const { present } = await splitByPresence(workspace.repos);
    const queue = present.filter(({ path }) => (dues.get(path)?.at ?? 0) <= context.now());
    const turns: Turn[] = [];
    await Promise.all(Array.from({ length: WIDTH }, work));
    return turns;

    async function work(): Promise<void> {
      for (let repo = queue.shift(); repo && !context.signal.aborted; repo = queue.shift()) {
        const turn = isBusy(context, repo) ? undefined : await fetchOne(context, repo);
        if (!turn || context.signal.aborted) continue;
        const failures = turn.failure ? (dues.get(repo.path)?.failures ?? 0) + 1 : 0;
        dues.set(repo.path, {
          at: context.now() + Math.min(interval * 2 ** failures, Math.max(interval, DAY)),
          failures,
        });
        turns.push(turn);
      }
    }
  }

  return { round };
}

function isBusy(context: Context, repo: WorkspaceRepo): boolean {
  return holderOf(context.use(store), targetKey(repoTarget(repo))) !== undefined;
}

async function fetchOne(context: Context, { name, path }: WorkspaceRepo): Promise<Turn> {
  const bounded = { ...context, signal: AbortSignal.any([context.signal, AbortSignal.timeout(LIMIT)]) };
  try {
    const { stdout } = await ask(bounded, { cwd: path, args: ['remote'] });
    // FETCH_HEAD belongs to whoever fetched last on purpose.
    const args = ['fetch', '--all', '--quiet', '--no-write-fetch-head'];
    if (stdout !== '')
      await git(bounded, { cwd: path, mode: 'network', target: name, args, env: UNATTENDED });
    return { repo: name, path };
  } catch (thrown) {
    return { repo: name, path, failure: failureOf(thrown) };
  }
}
