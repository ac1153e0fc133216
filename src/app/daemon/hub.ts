import type { ActionCard } from '#engines/core/card.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import { canonical } from '#engines/core/json.ts';
import type { Rows } from '#engines/daemon/rows.ts';
import type { ServedHost } from './surroundings.ts';
import { openWatcher, type Watcher } from './watcher.ts';

/** A workspace that is being watched, and where its watcher's gits take their agents from. */
export type Watched = { workspace: string } & Pick<Caller, 'env'>;

export interface Hub extends Pick<Host, 'follow'> {
  /** How many sources of rows are open. */
  readonly size: number;
  /** Who watches what is in which workspace: one caller per workspace. */
  watched(): Watched[];
  close(): void;
}

const LINGER = 5_000;

/**
 * Shares every stream that is declared `shared` among those who follow it with the same input in the same place.
 * Other streams are each caller's own.
 */
export function openHub(host: ServedHost, { linger = LINGER }: { linger?: number } = {}): Hub {
  const watchers = new Map<string, Watcher>();
  const places = new Map<Watcher, Watched>();

  async function* subscribe(card: ActionCard, input: unknown, caller: Caller): AsyncGenerator<Rows> {
    const watcher = watcherFor(card, input, caller);
    const rows = watcher.join();
    caller.signal.addEventListener('abort', rows.end, { once: true });
    try {
      yield* rows;
    } finally {
      caller.signal.removeEventListener('abort', rows.end);
      watcher.leave(rows);
    }
  }

  function watcherFor({ id, needsWorkspace }: ActionCard, input: unknown, caller: Caller): Watcher {
    const key = canonical([id, input ?? {}, caller.workspace ?? caller.cwd]);
    const known = watchers.get(key);
    if (known) return known;
    const watcher = openWatcher({
      source: (signal) => host.follow(id, input, shared(caller, signal)),
      linger,
      over: () => {
        if (watchers.get(key) === watcher) watchers.delete(key);
        places.delete(watcher);
      },
    });
    watchers.set(key, watcher);
    const { workspace, env } = caller;
    if (needsWorkspace && workspace) places.set(watcher, { workspace, env });
    return watcher;
  }

  return {
    get size() {
      return watchers.size;
    },
    watched: () => [...new Map([...places.values()].map((one) => [one.workspace, one])).values()],
    follow: (action, input, caller) => {
      const card = host.card?.(action);
      return card?.shared ? subscribe(card, input, caller) : host.follow(action, input, caller);
    },
    close() {
      for (const watcher of [...watchers.values()]) watcher.close();
    },
  };
}

/** A watcher outlives the one who asked first, so it neither reports to that one nor asks. */
function shared(caller: Caller, signal: AbortSignal): Caller {
  return { ...caller, signal, report: () => {}, ask: async () => ({ kind: 'needs-input' }) };
}
