import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { World } from '../rig/home.ts';

/** The program as a package manager puts it, so that a test can replace it. */
export const installed = (world: World) => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  for (const folder of ['bin', 'dist'])
    cpSync(`${root}${folder}`, world.path('program', folder), { recursive: true });
  return (...args: string[]) => world.run(world.path('program', 'bin', 'gantry'), args);
};

/** The fingerprint of a file is its first line. */
export const pretendAnotherBuild = (world: World): void => {
  const file = world.path('program', 'dist', 'gantry.cjs');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\/\/.*/, `//${'0'.repeat(16)}`));
};
