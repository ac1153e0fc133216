import { basename, dirname } from 'node:path';
import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import { type RowDelta, rowKey } from '#engines/core/rows.ts';
import type { RepoStatus } from '#engines/git/types.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { gatherDeltas } from './deltas.ts';
import { watchDirectories } from './directory-watch.ts';
import { type RepoWatch, watchRepo } from './repo-watch.ts';

/** How often it is looked whether git has moved anything that no watcher told of, in milliseconds. */
const SWEEP_EVERY = 20_000;

/** How many repos are armed at once. */
const ARMED_AT_ONCE = 4;

/** Changes of the manifest come in bursts: how long the last of them is waited for, in milliseconds. */
const SETTLE = 50;

/** The status of repos as rows, kept up to date; the manifest's repos come and go with it. */
export async function* watchRepos(
  { repos: names }: { repos: string[] },
  context: Context,
): AsyncGenerator<RowDelta<RepoStatus>> {
  const workspace = await readWorkspace(context);
  const { 'repo.budget': budget } = await readSettings(context, workspace);
  const deltas = gatherDeltas<RepoStatus>(rowKey);
  const watches = new Map<string, { place: string; watch: RepoWatch }>();
  let interesting = new Set<string>();
  let settling: NodeJS.Timeout | undefined;

  const surroundings = watchDirectories((_, entry) => {
    if (entry !== null && !interesting.has(entry)) return;
    settling ??= setTimeout(() => {
      settling = undefined;
      void readWorkspace(context).then(follow, () => sweep());
    }, SETTLE);
    settling.unref();
  });
  const sweeping = setInterval(sweep, SWEEP_EVERY);

  try {
    selectRepos(workspace, names);
    void follow(workspace).then(deltas.complete, deltas.fail);
    yield* deltas.stream(context.signal);
  } finally {
    clearInterval(sweeping);
    clearTimeout(settling);
    surroundings.close();
    for (const { watch } of watches.values()) watch.close();
  }

  /** Begins with the repos that are new, ends with those that are gone; resolves once every new one has been read. */
  async function follow(now: Workspace): Promise<void> {
    const chosen = now.repos.filter(({ name }) => names.length === 0 || names.includes(name));
    interesting = new Set(
      [now.manifestPath, ...chosen.map(({ path }) => path)].map((path) => basename(path)),
    );
    surroundings.update([
      ...new Set([dirname(now.manifestPath), ...chosen.map(({ path }) => dirname(path))]),
    ]);
    for (const [name, { place, watch }] of watches) {
      if (chosen.some((repo) => repo.name === name && repo.path === place)) continue;
      watch.close();
      watches.delete(name);
      deltas.drop(name);
    }
    const added = chosen.filter(({ name }) => !watches.has(name)).map(begin);
    await Promise.all(added.map((watch) => watch.start()));
    void armAll(added);
    sweep();
  }

  function begin({ name, path }: WorkspaceRepo): RepoWatch {
    const watch = watchRepo(context, { name, path, budget, onRow: deltas.set, onError: deltas.fail });
    watches.set(name, { place: path, watch });
    return watch;
  }

  /** A few at a time: the rows are there already, and whoever asks for something comes first. */
  async function armAll(added: RepoWatch[]): Promise<void> {
    const waiting = added.values();
    const inTurn = async () => {
      for (const watch of waiting) await watch.arm();
    };
    await Promise.all(Array.from({ length: ARMED_AT_ONCE }, inTurn)).catch(deltas.fail);
  }

  function sweep(): void {
    for (const { watch } of watches.values()) watch.sweep(context.now());
  }
}
