import { join } from 'node:path';
import type { OwnHost } from '#app/invoke/host.ts';
import type { Paths } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import { openBackgroundFetch } from '#engines/repo/background-fetch.ts';
import { pruneJournal } from '#engines/undo/journal.ts';
import { ownCaller } from './caller.ts';
import { openDaily } from './daily.ts';
import type { Watched } from './hub.ts';
import type { Resident } from './resident.ts';

export interface Upkeep {
  /** Does what is due; never rejects. */
  tick(): Promise<void>;
  close(): void;
}

interface UpkeepOptions {
  /** A host in another process has no context to fetch with. */
  host: Host & Partial<Pick<OwnHost, 'contextFor'>>;
  resident: Pick<Resident, 'hub' | 'status' | 'log'>;
  paths: Paths;
  now(): number;
  /** Takes over what has changed in the settings. */
  refresh(): Promise<void>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a daemon does by itself, for the journal and the workspaces that somebody watches: as `schedule`, and without ever asking. */
export function openUpkeep({ host, resident, paths, now, refresh }: UpkeepOptions): Upkeep {
  const stop = new AbortController();
  const fetching = openBackgroundFetch();
  const pruned = openDaily(join(paths.state, 'pruned.json'));
  const timer = setInterval(tick, MINUTE).unref();
  let ticking: Promise<void> | undefined;
  let forgotten = Number.NEGATIVE_INFINITY;

  function tick(): Promise<void> {
    ticking ??= turn().finally(() => {
      ticking = undefined;
    });
    return ticking;
  }

  async function turn(): Promise<void> {
    await attempt('reading the settings', refresh);
    await attempt('pruning the journal', forget);
    for (const place of resident.hub.watched()) {
      if (stop.signal.aborted) return;
      await attempt(`fetching in ${place.workspace}`, () => fetch(place));
      await attempt(`pruning in ${place.workspace}`, () => prune(place));
    }
  }

  async function attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (!stop.signal.aborted) resident.log('warn', `${what}: ${failureOf(thrown).message}`);
    }
  }

  /** No activity of its own: what it takes away is what nobody can do anything with any more. */
  async function forget(): Promise<void> {
    if (!host.contextFor || now() - forgotten < HOUR) return;
    forgotten = now();
    const caller = ownCaller({ kind: 'schedule', name: 'prune' }, { signal: stop.signal });
    const count = await pruneJournal(host.contextFor(caller));
    if (count > 0) resident.log('info', `forgot ${count} activities`);
  }

  async function fetch(place: Watched): Promise<void> {
    if (!host.contextFor) return;
    for (const { repo, failure } of await fetching.round(host.contextFor(schedule('fetch', place)))) {
      if (failure) resident.log('warn', `fetch of ${repo} failed, ${failure.code}: ${failure.message}`);
      else resident.log('debug', `fetched ${repo}`);
    }
  }

  /** Irreversible, so that it is an activity that people see; a day on which nothing expired leaves none. */
  async function prune(place: Watched): Promise<void> {
    const isIdle = resident.status().activities.length === 0;
    if (!isIdle || !pruned.isDue(place.workspace, now())) return;
    pruned.done(place.workspace, now());
    const caller = schedule('prune', place);
    const planned = await host.invoke({ action: 'undo.prune', input: {}, dryRun: true }, caller);
    if (planned.kind !== 'plan' || planned.plan.steps.length === 0) return;
    const approval = { plan: planned.plan.hash };
    const outcome = await host.invoke({ action: 'undo.prune', input: {}, approval }, caller);
    resident.log('info', `pruned ${place.workspace}: ${outcome.kind}`);
  }

  function schedule(name: string, { workspace, env }: Watched): Caller {
    return ownCaller({ kind: 'schedule', name }, { workspace, env, signal: stop.signal });
  }

  return {
    tick,
    close() {
      clearInterval(timer);
      stop.abort();
    },
  };
}
