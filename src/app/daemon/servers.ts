import type { Answering, Limits, Listening } from '#app/http/serve.ts';
import type { Paths } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { removeServers, type Server, writeServers } from '#engines/daemon/servers.ts';
import { ownIdentity } from '#engines/store/process.ts';
import type { Log } from './log.ts';

/** An HTTP server that the daemon has while somebody needs it. */
export interface ServerKind {
  name: string;
  /** Where it is to listen now; nothing where nobody needs it. */
  port(): number | undefined;
  open(): Promise<Answering>;
  limits?: Limits;
}

export interface Servers {
  /** Opens what is needed now, and closes what is not. */
  look(): void;
  isNeeded(): boolean;
  close(): void;
}

interface ServersOptions {
  kinds: readonly ServerKind[];
  paths: Pick<Paths, 'runtime'>;
  log: Log['write'];
}

/** Milliseconds until a port that was taken is tried again. */
const AGAIN = 5_000;

export function openServers({ kinds, paths, log }: ServersOptions): Servers {
  const keepers = kinds.map((kind) => openServer(kind, { log, told: write }));
  let written = '';

  function write(): void {
    const servers = keepers.flatMap(({ state }) => state() ?? []);
    const text = JSON.stringify(servers);
    if (text === written) return;
    written = text;
    try {
      writeServers(paths, { instance: ownIdentity(), servers });
    } catch (thrown) {
      log('warn', `telling where the daemon listens: ${failureOf(thrown).message}`);
    }
  }

  return {
    look() {
      for (const { look } of keepers) look();
    },
    isNeeded: () => kinds.some(({ port }) => port() !== undefined),
    close() {
      for (const { close } of keepers) close();
      removeServers(paths);
    },
  };
}

interface OneServer {
  look(): void;
  state(): Server | undefined;
  close(): void;
}

function openServer(
  { name, port: wanted, open, limits }: ServerKind,
  { log, told }: { log: Log['write']; told(): void },
): OneServer {
  let state: Server | undefined;
  let listening: Listening | undefined;
  let changing: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;
  let isClosed = false;

  function look(): void {
    if (isClosed || changing) return;
    const port = wanted();
    if (port === state?.port && (listening || again)) return;
    if (port === undefined && !state) return;
    changing = change(port).finally(() => {
      changing = undefined;
      told();
      look();
    });
  }

  async function change(port: number | undefined): Promise<void> {
    clearTimeout(again);
    again = undefined;
    if (listening) log('info', `${name}: no longer listens on ${listening.url}`);
    void listening?.close();
    listening = undefined;
    const before = state?.problem;
    state = undefined;
    if (port === undefined) return;
    try {
      const { serveHttp } = await import('#app/http/serve.ts');
      const failed = (thrown: unknown) => log('error', `${name}: ${failureOf(thrown).message}`);
      const opened = await serveHttp(await open(), { ...limits, port, failed });
      if (isClosed) return void opened.close();
      listening = opened;
      state = { name, port, problem: null };
      log('info', `${name}: listens on ${opened.url}`);
    } catch (thrown) {
      const problem = problemOf(thrown, port);
      state = { name, port, problem };
      if (problem !== before) log('warn', `${name}: ${problem}`);
      again = setTimeout(() => {
        again = undefined;
        look();
      }, AGAIN).unref();
    }
  }

  return {
    look,
    state: () => state,
    close() {
      isClosed = true;
      clearTimeout(again);
      void listening?.close();
    },
  };
}

function problemOf(thrown: unknown, port: number): string {
  const { code } = thrown as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `port ${port} is taken by another program`;
  if (code === 'EACCES') return `port ${port} may not be used by this user`;
  return failureOf(thrown).message;
}
