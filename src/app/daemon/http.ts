import { hostname } from 'node:os';
import type { Serving } from '#app/http/serving.ts';
import { changesOf } from '#engines/activity/changes.ts';
import { readGateSettings, readHttpSettings, readPoolSettings } from '#engines/config/early.ts';
import { userFile } from '#engines/config/user.ts';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { alsoEvery } from '#engines/process/ticks.ts';
import { store } from '#engines/store/store.ts';
import type { Triggers } from '#engines/trigger/keep/triggers.ts';
import { isAnyRequested } from '#engines/trigger/records.ts';
import type { Log } from './log.ts';
import { remembered } from './remembered.ts';
import type { Resident } from './resident.ts';
import { openServers, type ServerKind, type Servers } from './servers.ts';

interface HttpOptions {
  context: Context;
  resident: Pick<Resident, 'begin'>;
  triggers: Triggers;
  log: Log['write'];
}

/** Milliseconds between looks of their own: settings are also changed by hand. */
const LOOK_EVERY = 30_000;

/** The servers of the daemon, each there while its settings or anything on record need it. */
export function openHttp({ context, resident, triggers, log }: HttpOptions): Servers {
  const { paths, env, signal } = context;
  const opened = context.use(store);
  const serving: Serving = {
    context,
    paths,
    log,
    async invoke(invocation, actor, over = {}) {
      const from = {
        actor: { ...actor, surface: 'http' as const, host: hostname(), pid: process.pid },
        cwd: paths.home,
      };
      return resident.begin(invocation, from, { ...env, ...over }).outcome;
    },
  };

  // They are looked at after each write to the database, by which they may have been set.
  const settings = remembered(userFile(paths), () => ({
    ...readHttpSettings({ paths, env }),
    ...readPoolSettings({ paths, env }),
    ...readGateSettings({ paths, env }),
  }));

  const http: ServerKind = {
    name: 'http',
    port() {
      const { 'http.enabled': isEnabled, 'http.port': port } = settings();
      return isEnabled || isAnyRequested(opened) ? port : undefined;
    },
    open: async () => (await import('#app/http/app.ts')).openApp({ ...serving, triggers }),
  };

  const pool: ServerKind = {
    name: 'pool',
    port() {
      const { 'pool.enabled': isEnabled, 'pool.port': port } = settings();
      return isEnabled ? port : undefined;
    },
    open: async () => (await import('#app/http/pool/pool.ts')).openPool(serving),
  };

  const gate: ServerKind = {
    name: 'gate',
    port() {
      const { 'gate.enabled': isEnabled, 'gate.port': port } = settings();
      return isEnabled ? port : undefined;
    },
    open: async () => (await import('#app/http/gate/gate.ts')).openGate(serving),
    // A model takes as long to come as it takes, and a stream is one connection.
    limits: { largestBody: Number.POSITIVE_INFINITY, request: 0, connections: 2_048 },
  };

  const servers = openServers({ kinds: [http, pool, gate], paths, log });
  void keep();
  return servers;

  async function keep(): Promise<void> {
    try {
      for await (const _ of alsoEvery(changesOf(opened, signal), { interval: LOOK_EVERY, signal })) {
        servers.look();
      }
    } catch (thrown) {
      log('warn', `servers: ${failureOf(thrown).message}`);
    }
  }
}
