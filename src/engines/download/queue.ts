import { readDownloadSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { type Resource, resource, type World } from '#engines/core/resource.ts';
import { store } from '#engines/store/store.ts';
import { downloadError } from './errors.ts';
import {
  addDownload,
  type DownloadRecord,
  readDownload,
  readDownloads,
  writeProgress,
  writeRank,
  writeState,
} from './records.ts';
import type { Runner } from './runner.ts';
import { openLimit } from './transfer/limit.ts';
import { type DownloadSpec, type DownloadState, isOpen } from './types.ts';

/** Keeps every download of this user on this machine, in the one daemon that serves. */
export interface Downloads {
  /** How many are on their way or wait for their turn. */
  readonly size: number;
  /** Puts one into the queue; who asks brings the token. */
  add(spec: DownloadSpec, caller: Pick<Context, 'env' | 'paths'>): DownloadRecord;
  pause(id: number): Promise<void>;
  /** Goes on with what rests, has failed or was cancelled; who asks brings the token. */
  resume(id: number, caller: Pick<Context, 'env' | 'paths'>): void;
  cancel(id: number): Promise<void>;
  /** It goes before all others, in the place of one that is on its way where there is no other. */
  prioritise(id: number): Promise<void>;
  /** Where they wait for their turn again. */
  putBack(id: number, rank: number): void;
  /** Resolves once it is whole, has failed or was taken from the queue. */
  settled(id: number, signal: AbortSignal): Promise<DownloadState>;
  /** Of those that are on their way, how far they are just now. */
  now(): ReadonlyMap<number, DownloadState>;
  /** Leaves what is open to the next daemon. */
  leave(): void;
}

export const downloads = resource<Downloads>({
  id: 'downloads',
  open: openDownloads,
  close: (opened) => opened.leave(),
});

function openDownloads(world: World, use: <T>(resource: Resource<T>) => T): Downloads {
  if (!world.resident) throw new Error('Only the daemon keeps downloads.');
  const opened = use(store);
  const { paths, env, now } = world;
  const settings = () => readDownloadSettings({ paths, env });
  /** Bytes per second; asked for with every piece that comes, and so not read anew each time. */
  let rate = 0;
  const limit = openLimit(() => rate, now);
  /** By their ids; one that is about to begin has a place and does nothing yet. */
  const running = new Map<number, Runner | undefined>();
  /** Whoever asked for it: what the daemon's own environment says is of another time. */
  const callers = new Map<number, Pick<Context, 'env' | 'paths'>>();
  const waiting = new Set<() => void>();
  /** What can't even be begun is not begun again by itself. */
  const stuck = new Set<number>();
  let hasLeft = false;

  // Nobody fetches any more what an earlier daemon did.
  for (const { id, state } of readDownloads(opened)) {
    if (state.phase === 'active')
      writeState(opened, id, { ...state, phase: 'queued', rate: 0, waiting: null });
  }
  look();

  function look(): void {
    if (hasLeft) return;
    const { 'download.concurrency': most, 'download.limit': megabytes } = settings();
    rate = megabytes * 1_000_000;
    const free = most - running.size;
    const next = readDownloads(opened).filter((record) => isWaiting(record) && !stuck.has(record.id));
    for (const record of next.slice(0, Math.max(free, 0))) void run(record);
  }

  /** What fetches is loaded when something is fetched. */
  async function run({ id, spec, state }: DownloadRecord): Promise<void> {
    running.set(id, undefined);
    try {
      const { openRunner } = await import('./runner.ts');
      if (hasLeft || readDownload(opened, id)?.state.phase !== 'queued') return;
      const runner = openRunner({
        ...{ spec, state, limit, now },
        caller: callers.get(id) ?? { paths, env },
        connections: settings()['download.connections'],
        keep: (state, spec) => keep(id, state, spec),
      });
      running.set(id, runner);
      await runner.ended;
    } catch (thrown) {
      stuck.add(id);
      world.log?.('warn', `download ${id}: ${failureOf(thrown).message}`);
    } finally {
      running.delete(id);
      look();
      tell();
    }
  }

  function keep(id: number, state: DownloadState, spec: DownloadSpec): void {
    if (hasLeft) return;
    try {
      writeProgress(opened, id, state, spec);
    } catch (thrown) {
      // The bytes that have come are on a record of their own.
      world.log?.('warn', `the record of download ${id}: ${failureOf(thrown).message}`);
    }
    if (state.phase === 'done') callers.delete(id);
    rate = settings()['download.limit'] * 1_000_000;
    tell();
  }

  function tell(): void {
    for (const wake of [...waiting]) wake();
  }

  function known(id: number): DownloadRecord {
    if (hasLeft) throw left();
    const record = readDownload(opened, id);
    if (record) return record;
    throw downloadError('download-unknown', `There is no download ${id}.`, {
      next: ['gantry models downloads'],
    });
  }

  /** Takes one from its place, wherever that is. */
  async function rest(id: number, phase: 'paused' | 'cancelled' | 'queued'): Promise<void> {
    const runner = running.get(id);
    await runner?.stop(phase);
    const { state } = known(id);
    if (isOpen(state)) writeState(opened, id, { ...state, phase });
    look();
    tell();
  }

  return {
    get size() {
      return hasLeft ? 0 : running.size + readDownloads(opened).filter(isWaiting).length;
    },
    add(spec, { env, paths }) {
      if (hasLeft) throw left();
      const record = addDownload(opened, spec, now());
      callers.set(record.id, { env, paths });
      look();
      return record;
    },
    pause: (id) => rest(id, 'paused'),
    resume(id, { env, paths }) {
      const { state } = known(id);
      stuck.delete(id);
      callers.set(id, { env, paths });
      if (state.phase !== 'active') {
        writeState(opened, id, { ...state, phase: 'queued', failure: null, endedAt: null });
      }
      look();
    },
    cancel: (id) => rest(id, 'cancelled'),
    async prioritise(id) {
      known(id);
      writeRank(opened, id, 'first');
      if (!running.has(id) && running.size >= settings()['download.concurrency']) {
        const last = readDownloads(opened).findLast((record) => running.has(record.id));
        if (last) await rest(last.id, 'queued');
      }
      look();
    },
    putBack(id, rank) {
      known(id);
      writeRank(opened, id, rank);
    },
    async settled(id, signal) {
      for (;;) {
        const { state } = known(id);
        if (!isOpen(state) || state.phase === 'paused') return state;
        signal.throwIfAborted();
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
        await promise;
        waiting.delete(resolve);
      }
    },
    now: () => new Map([...running].flatMap(([id, runner]) => (runner ? [[id, runner.state()]] : []))),
    leave() {
      if (hasLeft) return;
      hasLeft = true;
      for (const runner of running.values()) void runner?.stop('queued');
      tell();
    },
  };

  function isWaiting({ id, state }: DownloadRecord): boolean {
    return state.phase === 'queued' && !running.has(id);
  }
}

function left() {
  return downloadError('downloads-left', 'This daemon has left its downloads to the next one.', {
    next: ['gantry daemon start'],
  });
}
