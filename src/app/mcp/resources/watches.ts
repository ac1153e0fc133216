import { canonical } from '#engines/core/json.ts';
import { type RowDelta, rowKey } from '#engines/core/rows.ts';
import type { Request } from '../protocol/service.ts';
import type { Source } from './catalog.ts';

interface Outside {
  /** Opens a stream of row deltas, which ends with the signal. */
  follow(action: string, request: Request, signal: AbortSignal): AsyncIterable<unknown>;
  changed(uri: string): void;
  /** A row of that stream has appeared or gone. */
  membersChanged(action: string): void;
}

interface Watch {
  uris: Map<string, Source['rows']>;
  controller: AbortController;
  /** Resolves once every change from now on is told. */
  ready: PromiseWithResolvers<void>;
  over: Promise<void>;
}

export interface Watches {
  /** Resolves once changes are told; the request is that of the first subscriber. */
  add(uri: string, source: Source, request: Request): Promise<void>;
  remove(uri: string): void;
  close(): Promise<void>;
}

/** Follows the streams behind the resources that somebody has subscribed to, each stream once. */
export function openWatches({ follow, changed, membersChanged }: Outside): Watches {
  const watches = new Map<string, Watch>();

  async function add(uri: string, { watch: action, rows }: Source, request: Request): Promise<void> {
    const watch = watches.get(action) ?? begin(action, request);
    watch.uris.set(uri, rows);
    const giveUp = () => remove(uri);
    request.signal.addEventListener('abort', giveUp, { once: true });
    try {
      await watch.ready.promise;
    } finally {
      request.signal.removeEventListener('abort', giveUp);
    }
  }

  function begin(action: string, request: Request): Watch {
    const controller = new AbortController();
    const watch: Watch = {
      uris: new Map(),
      controller,
      ready: Promise.withResolvers(),
      over: Promise.resolve(),
    };
    watches.set(action, watch);
    watch.over = run(action, follow(action, request, controller.signal), watch);
    return watch;
  }

  async function run(action: string, events: AsyncIterable<unknown>, watch: Watch): Promise<void> {
    const rows = new Map<string, string>();
    let complete = false;
    try {
      for await (const event of events) {
        const delta = event as RowDelta<unknown>;
        const news = take(rows, delta);
        if (complete) {
          for (const [uri, wanted] of watch.uris) if (touches(wanted, news)) changed(uri);
          if (news.moved) membersChanged(action);
        }
        complete ||= delta.complete;
        if (complete) watch.ready.resolve();
      }
      watch.ready.reject(new Error(`${action} has ended.`));
    } catch (failure) {
      watch.ready.reject(failure);
    }
    if (watches.get(action) !== watch) return;
    watches.delete(action);
    // Whoever reads now finds out why nothing more can be told.
    if (complete) for (const uri of watch.uris.keys()) changed(uri);
  }

  function remove(uri: string): void {
    for (const [action, watch] of watches) {
      if (!watch.uris.delete(uri) || watch.uris.size > 0) continue;
      watches.delete(action);
      watch.controller.abort();
    }
  }

  async function close(): Promise<void> {
    const open = [...watches.values()];
    watches.clear();
    for (const { controller } of open) controller.abort();
    await Promise.all(open.map(({ over }) => over));
  }

  return { add, remove, close };
}

interface News {
  /** Keys of the rows that are not what they were. */
  keys: Set<string>;
  /** Whether a row has appeared or gone. */
  moved: boolean;
}

/** What of a row is no news: when it was looked at, and the newest commit, which comes after the rest and no document shows. */
const NO_NEWS = { checkedAt: undefined, lastCommit: undefined };

/** Takes a delta over into the rows as they were told. */
function take(rows: Map<string, string>, { set, drop }: RowDelta<unknown>): News {
  const news = set
    .map((row) => ({ key: rowKey(row), text: canonical({ ...(row as object), ...NO_NEWS }) }))
    .filter(({ key, text }) => rows.get(key) !== text);
  const moved = drop.length > 0 || news.some(({ key }) => !rows.has(key));
  for (const { key, text } of news) rows.set(key, text);
  for (const key of drop) rows.delete(key);
  return { keys: new Set([...news.map(({ key }) => key), ...drop]), moved };
}

function touches(wanted: Source['rows'], { keys, moved }: News): boolean {
  if (wanted === 'members') return moved;
  return wanted === 'all' ? keys.size > 0 : keys.has(wanted.key);
}
