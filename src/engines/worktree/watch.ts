import { dirname } from 'node:path';
import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import { type RowDelta, rowKey } from '#engines/core/rows.ts';
import type { RepoStatus } from '#engines/git/types.ts';
import { administrationsOf } from '#engines/git/worktree/place.ts';
import { leaseMoments } from '#engines/lease/moments.ts';
import { shownLeases } from '#engines/lease/read.ts';
import { gatherDeltas } from '#engines/repo/deltas.ts';
import { watchDirectories } from '#engines/repo/directory-watch.ts';
import { type RepoWatch, watchRepo } from '#engines/repo/repo-watch.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { allMembers, type Member } from './members.ts';
import { rowOf } from './row.ts';
import type { Worktree } from './types.ts';

/** How often it is looked whether anything has moved that no watcher told of, in milliseconds. */
const SWEEP_EVERY = 20_000;

/** Changes come in bursts: how long the last of them is waited for, in milliseconds. */
const SETTLE = 50;

interface Watched {
  member: Member;
  status?: RepoStatus;
  shown?: string;
  watch: RepoWatch;
}

/** The linked worktrees of the workspace as rows, kept up to date; they come and go with what git knows of them. */
export async function* watchWorktrees(_: object, context: Context): AsyncGenerator<RowDelta<Worktree>> {
  const workspace = await readWorkspace(context);
  const { 'repo.budget': budget } = await readSettings(context, workspace);
  const deltas = gatherDeltas<Worktree>(rowKey);
  const watched = new Map<string, Watched>();
  const stop = new AbortController();
  let leases = shownLeases(context);
  let settling: NodeJS.Timeout | undefined;

  const places = watchDirectories(() => {
    settling ??= setTimeout(() => {
      settling = undefined;
      lookAgain();
    }, SETTLE);
    settling.unref();
  });
  const sweeping = setInterval(sweep, SWEEP_EVERY);

  try {
    void follow(workspace).then(deltas.complete, deltas.fail);
    void followLeases().catch(deltas.fail);
    yield* deltas.stream(context.signal);
  } finally {
    stop.abort();
    clearInterval(sweeping);
    clearTimeout(settling);
    places.close();
    for (const { watch } of watched.values()) watch.close();
  }

  /** Begins with the worktrees that are new, ends with those that are gone, and shows what git says of the others. */
  async function follow(now: Workspace): Promise<void> {
    if (stop.signal.aborted) return;
    const members = new Map(allMembers(now).map((one) => [one.path, one]));
    places.update(placesOf(now, [...members.values()]));
    for (const [path, { watch }] of watched) {
      if (members.has(path)) continue;
      watch.close();
      watched.delete(path);
      deltas.drop(path);
    }
    const added: RepoWatch[] = [];
    for (const member of members.values()) {
      const known = watched.get(member.path);
      if (known) {
        known.member = member;
        show(known);
      } else added.push(begin(member));
    }
    await Promise.all(added.map((watch) => watch.start()));
    for (const watch of added) await watch.arm();
  }

  function begin(member: Member): RepoWatch {
    const { path, repo } = member;
    const watch = watchRepo(context, {
      name: repo.name,
      path,
      budget,
      onRow: (status) => {
        own.status = status;
        show(own);
      },
      onError: deltas.fail,
    });
    const own: Watched = { member, watch };
    watched.set(path, own);
    return watch;
  }

  function show(one: Watched): void {
    if (!one.status || stop.signal.aborted) return;
    const row = rowOf(one.member, one.status, leases);
    const text = canonical(row);
    if (text === one.shown) return;
    one.shown = text;
    deltas.set(row);
  }

  async function followLeases(): Promise<void> {
    const signal = AbortSignal.any([context.signal, stop.signal]);
    for await (const _moment of leaseMoments({ ...context, signal })) showAll();
  }

  function showAll(): void {
    leases = shownLeases(context);
    for (const one of watched.values()) show(one);
  }

  function sweep(): void {
    for (const { watch } of watched.values()) watch.sweep(context.now());
    lookAgain();
    showAll();
  }

  /** A manifest that can't be read just now is one that somebody is writing. */
  function lookAgain(): void {
    void readWorkspace(context).then(
      (now) => follow(now).catch(deltas.fail),
      () => {},
    );
  }
}

/** Where it shows that a worktree came, went, was locked or was moved: the manifest, and what git keeps of each. */
function placesOf(workspace: Workspace, members: readonly Member[]): string[] {
  const found = workspace.repos.flatMap(({ path }) => {
    const all = administrationsOf(path);
    return [all, dirname(all)];
  });
  const own = members.flatMap(({ administration: { directory }, path }) => [directory, dirname(path)]);
  return [...new Set([dirname(workspace.manifestPath), ...found, ...own])];
}
