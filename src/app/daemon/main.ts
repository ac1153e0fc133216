import { pathsFrom } from '#engines/core/paths.ts';
import { ownEdition } from '#engines/daemon/build.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * `gantry daemon run`: the daemon; with `--stdio` the host of one parent; with `--askpass PROMPT` the helper of git and
 * ssh. Resolves with the exit code.
 */
export async function runDaemon(argv: string[], given: Partial<Surroundings> = {}): Promise<number> {
  // It names the door that the program was called by, and nothing that a daemon starts comes through that door.
  const { GANTRY_CALLED_AS: _, ...env } = given.env ?? process.env;
  const [mode, prompt = ''] = argv;
  if (mode === '--askpass') return (await import('./askpass/helper.ts')).runAskpass(prompt, env);
  const { openHost } = given.openHost ? { openHost: given.openHost } : await import('#app/invoke/host.ts');
  const surroundings = { paths: pathsFrom(env), ...ownEdition(env), openHost, ...given, env };
  if (mode === '--stdio') return (await import('./child.ts')).runChild(surroundings);
  return (await import('./daemon.ts')).runResident(surroundings);
}
