import { mkdir } from 'node:fs/promises';
import type { World } from '../rig/home.ts';
import { putOnPath } from '../rig/program.ts';

type Disk = { path: string; kilobytes: number };

/** Runs a script with a directory on a disk of its own, its `$1`; the disk ends with the script. */
export const onSmallDisk = async (
  world: World,
  { path, kilobytes }: Disk,
  [script, ...args]: [string, ...string[]],
) => {
  await mkdir(path, { recursive: true });
  await putOnPath(world);
  const mount = `mount -t tmpfs -o size=${kilobytes}k none "$1" || exit 77`;
  return world.run('unshare', ['-rm', 'sh', '-c', `${mount}; ${script}`, 'sh', path, ...args]);
};
