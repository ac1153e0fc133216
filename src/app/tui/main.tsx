import { hostname, userInfo } from 'node:os';
import { ACTIONS } from '#app/registry/actions.ts';
import type { Actor } from '#engines/core/actor.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { readKeys } from './keys.ts';
import { openPlace } from './place.ts';
import { openScreen } from './screen.ts';
import { readScreenSettings } from './settings.ts';

export interface ScreenArguments {
  /** Root of the workspace, where it is not the one around the current directory. */
  workspace?: string;
  /** The host is a child of the screen, not the daemon. */
  noDaemon?: boolean;
}

/** Opens the workbench on this process's terminal; resolves with the exit code. */
export async function runScreen({ workspace, noDaemon = false }: ScreenArguments = {}): Promise<number> {
  const { stdin, stdout, env } = process;
  const cwd = process.cwd();
  const paths = pathsFrom(env);
  const settings = readScreenSettings(paths, env);
  const { keymap, problems } = await readKeys(paths, settings.keymap);
  const place = openPlace(cwd, workspace ?? env.GANTRY_WORKSPACE);
  const who = {
    actor: screenActor(),
    cwd,
    env,
    get workspace() {
      return place.workspace;
    },
  };
  return openScreen({
    stdin,
    stdout,
    env,
    cards: ACTIONS,
    settings,
    keymap,
    problems,
    who,
    now: Date.now,
    scopes: place.scopes,
    connect: async () => {
      const { connectScreen } = await import('./connection.ts');
      return place.noticing(await connectScreen(who, noDaemon || Boolean(env.GANTRY_NO_DAEMON)));
    },
  });
}

function screenActor(): Actor {
  return {
    kind: 'human',
    name: userInfo().username,
    surface: 'screen',
    host: hostname(),
    pid: process.pid,
  };
}
