import { basename, dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import { type RowDelta, rowKey } from '#engines/core/rows.ts';
import { leasesOn, liveLeases } from '#engines/lease/read.ts';
import type { Lease } from '#engines/lease/types.ts';
import { gatherDeltas } from '#engines/repo/deltas.ts';
import { watchDirectories } from '#engines/repo/directory-watch.ts';
import { stampPaths } from '#engines/repo/stamp.ts';
import { gitPlaces } from '#engines/repo/tree.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { presenceOf } from '#engines/workspace/targets.ts';
import type { Workspace, WorkspaceRepo } from '#engines/workspace/types.ts';
import { readFlowRows } from './rows.ts';
import { type FlowState, readFlowState } from './state.ts';
import type { FlowBranch } from './types.ts';

/** Between a change and the reading after it, and between looks for what no watcher told of, in milliseconds. */
const SETTLE = 120;
const SWEEP_EVERY = 20_000;

/** Files of the git directory that tell nothing about flow branches. */
const NOISE =
  /\.lock$|^(COMMIT_EDITMSG|FETCH_HEAD|ORIG_HEAD|gc\.(log|pid)|description|hooks|info|logs|objects|gantry)$/;

/** The flow branches of repos as rows; a repo is read again only when something has moved in it. */
export async function* watchFlow(
  { repos: names }: { repos: string[] },
  context: Context,
): AsyncGenerator<RowDelta<FlowBranch>> {
  let workspace = await readWorkspace(context);
  const deltas = gatherDeltas<FlowBranch>(rowKey);
  const watches = new Map<string, FlowWatch>();
  const manifest = watchDirectories((_, entry) => {
    if (entry === null || entry === basename(workspace.manifestPath)) void reload();
  });
  const sweeping = setInterval(() => {
    const leases = liveLeases(context);
    for (const watch of watches.values()) watch.sweep(leases);
  }, SWEEP_EVERY);
  try {
    selectRepos(workspace, names);
    manifest.update([dirname(workspace.manifestPath)]);
    void follow().then(deltas.complete, deltas.fail);
    yield* deltas.stream(context.signal);
  } finally {
    clearInterval(sweeping);
    manifest.close();
    for (const watch of watches.values()) watch.close();
  }

  async function reload(): Promise<void> {
    workspace = await readWorkspace(context).catch(() => workspace);
    await follow().catch(deltas.fail);
  }

  async function follow(): Promise<void> {
    const chosen = workspace.repos.filter(({ name }) => names.length === 0 || names.includes(name));
    for (const [name, watch] of watches) {
      if (chosen.some((repo) => repo.name === name && repo.path === watch.path)) continue;
      watch.close();
      watches.delete(name);
    }
    await Promise.all(
      chosen
        .filter(({ name }) => !watches.has(name))
        .map((repo) => {
          const watch = watchRepo(context, { repo, workspace: () => workspace, ...deltas });
          watches.set(repo.name, watch);
          return watch.start();
        }),
    );
  }
}

interface FlowWatch {
  path: string;
  start(): Promise<void>;
  /** Looks whether anything has moved that no watcher told of. */
  sweep(leases: ReadonlyMap<string, Lease>): void;
  close(): void;
}

interface FlowWatchOptions {
  repo: WorkspaceRepo;
  workspace(): Workspace;
  set(row: FlowBranch): void;
  drop(key: string): void;
}

function watchRepo(context: Context, { repo, workspace, set, drop }: FlowWatchOptions): FlowWatch {
  const rows = new Map<string, FlowBranch>();
  const watcher = watchDirectories((_, entry) => {
    if (entry === null || !NOISE.test(entry)) soon();
  });
  let timer: NodeJS.Timeout | undefined;
  let reading: Promise<void> | undefined;
  let stamp = '';
  let places: string[] = [];
  let closed = false;

  function refresh(): Promise<void> {
    reading ??= read()
      // A repo that can't be read has no flow branches to show; its row among the repos says why.
      .catch(() => publish([]))
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  async function read(): Promise<void> {
    if ((await presenceOf(repo.path)) !== 'cloned') return publish([]);
    const state = await readFlowState(context, workspace(), repo);
    places = placesOf(state);
    stamp = stampNow(liveLeases(context));
    if (!closed) watcher.update(places);
    publish(await readFlowRows(context, workspace(), state));
  }

  function publish(next: readonly FlowBranch[]): void {
    if (closed) return;
    const ids = new Set(next.map(({ id }) => id));
    for (const id of rows.keys()) {
      if (ids.has(id)) continue;
      rows.delete(id);
      drop(id);
    }
    for (const row of next) {
      if (canonical(rows.get(row.id) ?? null) === canonical(row)) continue;
      rows.set(row.id, row);
      set(row);
    }
  }

  /** A few `stat`s, and who holds it. */
  function stampNow(leases: ReadonlyMap<string, Lease>): string {
    const holders = [...rows.values()].map(({ worktree }) =>
      worktree === null
        ? ''
        : leasesOn(leases, { path: worktree, repo: repo.path })
            .map(({ holder }) => holder)
            .join(),
    );
    return `${stampPaths(places)} ${holders.join()}`;
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void (reading ?? Promise.resolve()).then(refresh);
    }, SETTLE);
    timer.unref();
  }

  return {
    path: repo.path,
    start: refresh,
    sweep: (leases) => {
      if (!reading && stampNow(leases) !== stamp) soon();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      watcher.close();
    },
  };
}

/** Where git keeps HEADs, indexes and refs of all worktrees, and the worktrees' own tops. */
function placesOf({ places }: FlowState): string[] {
  const paths = places.flatMap(({ target: { path } }) => (path === undefined ? [] : [path]));
  return [...new Set(paths.flatMap((path) => [path, ...gitPlaces(path)]))];
}
