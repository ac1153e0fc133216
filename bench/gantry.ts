import { fileURLToPath } from 'node:url';
import type { World } from '../test/rig/home.ts';
import type { Command } from './command.ts';

const LAUNCHER = fileURLToPath(new URL('../bin/gantry', import.meta.url));

/** The program as a person starts it: through its launcher, in a home of its own. */
export function gantry(world: World, args: readonly string[], options: Partial<Command> = {}): Command {
  return { argv: [LAUNCHER, ...args], cwd: world.path('work'), env: world.environment(), ...options };
}
