import { type Failure, failureOf } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import type { Keeper, Line } from './keeper.ts';

/** Milliseconds between tries to reach a lost host: soon at first, then with more patience. */
const PATIENCE = [200, 1_000, 3_000, 10_000];

/** A host that ends by itself says so. */
interface Ending {
  closed?: Promise<void>;
}

/** Keeps a connection to the host; all who want one hear of each new one. */
export function openLine(connect: () => Promise<Host>, keeper: Keeper): Line {
  const listeners = new Set<(host: Host, gone: AbortSignal) => void>();
  let current: { host: Host; gone: AbortController } | undefined;
  let waiting = Promise.withResolvers<Host>();
  let isClosed = false;
  void keep();

  async function keep(): Promise<void> {
    for (let tries = 0; !isClosed; tries++) {
      const failure = await hold().catch(failureOf);
      if (isClosed) return;
      if (!failure) tries = 0;
      keeper.change((state) => ({ ...state, connection: { kind: 'lost', failure: failure ?? LOST } }), 'now');
      await pause(PATIENCE[Math.min(tries, PATIENCE.length - 1)] as number);
    }
  }

  /** Resolves when a host that was there has gone. */
  async function hold(): Promise<undefined> {
    const host = await connect();
    if (isClosed) return void (await host.close());
    const gone = new AbortController();
    current = { host, gone };
    keeper.change((state) => ({ ...state, connection: { kind: 'live' } }), 'soon');
    waiting.resolve(host);
    for (const listener of listeners) listener(host, gone.signal);
    await ((host as Ending).closed ?? new Promise(() => {}));
    gone.abort();
    current = undefined;
    waiting = Promise.withResolvers<Host>();
    return undefined;
  }

  return {
    host: () => waiting.promise,
    onHost: (listener) => {
      listeners.add(listener);
      if (current) listener(current.host, current.gone.signal);
    },
    close: async () => {
      isClosed = true;
      current?.gone.abort();
      await current?.host.close();
    },
  };
}

const LOST: Failure = {
  code: 'daemon-lost',
  exit: 'failed',
  message: 'The connection to the daemon was lost.',
  next: ['gantry daemon status', 'gantry daemon logs'],
};

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
