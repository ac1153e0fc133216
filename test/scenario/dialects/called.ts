import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import type { World } from '../../rig/home.ts';
import type { Finished, RunOptions } from '../../rig/process.ts';
import { programCommand } from '../../rig/program.ts';

export type Called = (line: string | readonly string[], options?: RunOptions) => Promise<Finished>;

/** The command that a link of that name starts, as it is installed. */
export const linkTo = (world: World, name: string): [string, string] => {
  const [shell, launcher] = programCommand();
  const link = world.path('bin', name);
  mkdirSync(world.path('bin'), { recursive: true });
  if (!existsSync(link)) symlinkSync(launcher, link);
  return [shell, link];
};

/** Runs the program under another of its names: `smctl('workspace status')`. */
export const calledAs =
  (world: World, name: string): Called =>
  (line, options) => {
    const [shell, link] = linkTo(world, name);
    const args = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
    return world.run(shell, [link, ...args], options);
  };
