import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { expect } from 'vitest';
import { moveTree } from '#engines/git/trash.ts';
import { test } from '../../rig/test.ts';
import { writeText } from './stage.ts';

const MEMORY = '/dev/shm';
const hasTwoFileSystems = existsSync(MEMORY) && statSync(MEMORY).dev !== statSync('/tmp').dev;

test.runIf(hasTwoFileSystems)('a directory moves to another file system whole', async ({ world }) => {
  const other = await mkdtemp(`${MEMORY}/gantry-`);
  world.defer(() => rm(other, { recursive: true, force: true }));
  const from = world.path('work', 'api');
  await writeText(`${from}/a/b.txt`, 'text\n');
  await symlink('a/b.txt', `${from}/link`);

  await moveTree(from, `${other}/trash/api`);

  expect(existsSync(from)).toBe(false);
  expect(await readFile(`${other}/trash/api/a/b.txt`, 'utf8')).toBe('text\n');
  expect(await readlink(`${other}/trash/api/link`)).toBe('a/b.txt');
});

test.runIf(hasTwoFileSystems)(
  'a move that was cut short in the middle of a copy is made anew',
  async ({ world }) => {
    const other = await mkdtemp(`${MEMORY}/gantry-`);
    world.defer(() => rm(other, { recursive: true, force: true }));
    const from = world.path('work', 'api');
    await writeText(`${from}/whole.txt`, 'whole\n');
    await writeText(`${other}/api.partial/whole.txt`, 'wh');

    await moveTree(from, `${other}/api`);

    expect(await readFile(`${other}/api/whole.txt`, 'utf8')).toBe('whole\n');
    expect(existsSync(`${other}/api.partial`)).toBe(false);
  },
);

test.runIf(hasTwoFileSystems)(
  'a move that was cut short while it cleaned up loses nothing',
  async ({ world }) => {
    const other = await mkdtemp(`${MEMORY}/gantry-`);
    world.defer(() => rm(other, { recursive: true, force: true }));
    const from = world.path('work', 'api');
    await writeText(`${from}/left.txt`, 'left\n');
    await writeText(`${other}/api/left.txt`, 'left\n');
    await writeText(`${other}/api/gone.txt`, 'gone\n');

    await moveTree(from, `${other}/api`);

    expect(existsSync(from)).toBe(false);
    expect(await readFile(`${other}/api/gone.txt`, 'utf8')).toBe('gone\n');
  },
);
