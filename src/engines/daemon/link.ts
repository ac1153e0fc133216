import type { Context } from '#engines/core/context.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import { resource } from '#engines/core/resource.ts';
import type { DaemonHost } from './client.ts';
import { daemonLaunch } from './program.ts';
import { VERSION } from './version.ts';

/** The way from any host to the daemon, for what only the daemon may do. */
export interface DaemonLink {
  /** This host is the daemon. */
  readonly isHere: boolean;
  /** Has the daemon carry out a call of the same caller; starts it where none runs. */
  invoke(invocation: Invocation, context: Context): Promise<Outcome>;
}

export const daemonLink = resource<DaemonLink & { close(): Promise<void> }>({
  id: 'daemon.link',
  open: ({ resident = false }) => openLink(resident),
  close: (link) => link.close(),
});

function openLink(isHere: boolean) {
  let reached: Promise<DaemonHost> | undefined;

  /** One connection for all that one host has to ask. */
  async function daemon(context: Context): Promise<DaemonHost> {
    reached ??= reach(context);
    try {
      const host = await reached;
      void host.closed.then(forget);
      return host;
    } catch (thrown) {
      forget();
      throw thrown;
    }
  }

  function forget(): void {
    reached = undefined;
  }

  return {
    isHere,
    invoke: async (invocation: Invocation, context: Context) =>
      (await daemon(context)).invoke(invocation, context),
    async close() {
      await (await reached?.catch(() => undefined))?.close();
    },
  };
}

async function reach(context: Context): Promise<DaemonHost> {
  const { reachDaemon } = await import('./reach.ts');
  const { actor, cwd, workspace, env, paths, signal } = context;
  return reachDaemon({
    ...{ actor, cwd, workspace, env, paths, signal },
    version: VERSION,
    launch: daemonLaunch(env),
    onStart: () => context.report({ kind: 'progress', label: 'starting the daemon' }),
  });
}
