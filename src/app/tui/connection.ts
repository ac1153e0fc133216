import type { Host } from '#engines/core/host.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { daemonLaunch } from '#engines/daemon/program.ts';
import { reachDaemon } from '#engines/daemon/reach.ts';
import { VERSION } from '#engines/daemon/version.ts';
import type { Who } from './session/keeper.ts';

/** The daemon, started where none runs; or, with `--no-daemon`, the same host as a child of this process. */
export async function connectScreen(
  who: Who,
  { ownHost, onStart }: { ownHost: boolean; onStart(): void },
): Promise<Host> {
  const env = who.env ?? {};
  const hello = { actor: who.actor, cwd: who.cwd, version: VERSION, env, paths: pathsFrom(env) };
  if (!ownHost)
    return reachDaemon({
      ...hello,
      launch: daemonLaunch(env),
      signal: new AbortController().signal,
      onStart,
    });
  const { startChild } = await import('#engines/daemon/child.ts');
  const started = startChild({ ...hello, launch: daemonLaunch(env, '--stdio') });
  onStart();
  return started;
}
