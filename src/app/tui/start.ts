import { hostname, userInfo } from 'node:os';
import { ACTIONS } from '#app/registry/actions.ts';
import type { Actor } from '#engines/core/actor.ts';
import type { Paths } from '#engines/core/context.ts';
import { readKeys } from './keys.ts';
import type { ScreenArguments } from './main.tsx';
import { openPlace } from './place.ts';
import { openScreen } from './screen.ts';
import type { ScreenSettings } from './settings.ts';
import type { Terminal } from './terminal/terminal.ts';

interface Start extends ScreenArguments {
  terminal: Terminal;
  settings: ScreenSettings;
  env: NodeJS.ProcessEnv;
  paths: Paths;
  cwd: string;
}

/** Brings the screen to life behind its first picture: keys, place, host. */
export async function startScreen(start: Start): Promise<number> {
  const { terminal, settings, env, paths, cwd, workspace, noDaemon } = start;
  const who = { actor: screenActor(), cwd, env };
  const place = openPlace(cwd, workspace ?? env.GANTRY_WORKSPACE);
  const { keymap, problems } = await readKeys(paths, settings.keymap);
  return openScreen({
    terminal,
    env,
    cards: ACTIONS,
    settings,
    keymap,
    problems,
    who,
    now: Date.now,
    scopes: place.scopes,
    connect: async (onStart) => {
      const { connectScreen } = await import('./connection.ts');
      const ownHost = noDaemon || Boolean(env.GANTRY_NO_DAEMON);
      return place.noticing(await connectScreen(who, { ownHost, onStart }));
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
