import { accessSync, constants, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../rig/home.ts';

/** A PATH with all that the launcher needs and no Node in it. */
export function launcherTools(world: World): string {
  const tools = world.path('tools');
  mkdirSync(tools);
  for (const name of ['sh', 'readlink', 'mkdir']) {
    const path = findInPath(name);
    if (path) symlinkSync(path, join(tools, name));
  }
  return tools;
}

export function findInPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(':')
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
