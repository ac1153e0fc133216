import { describe, expect } from 'vitest';
import { clone, type Repo, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectSound, pictureOf } from '../evidence.ts';
import { onSmallDisk } from '../small-disk.ts';
import { expectOneError } from '../told.ts';

/** About 400 kilobytes that do not compress well. */
const BULK = Array.from({ length: 40_000 }, (_, line) => `${(line * 2_654_435_761) % 4_294_967_296}\n`).join(
  '',
);

const publishBulk = async (world: World, remote: Repo) => {
  const other = await clone(world, remote, world.path('other'));
  await other.commit('Bulk', { 'bulk.txt': BULK });
  await other.git('push', '--quiet', 'origin', 'HEAD:main');
};

/** The whole workspace on the small disk; the repo is brought back from there as the program left it. */
const SYNC = [
  'cp -a . "$1/work" && cd "$1/work" || exit 78',
  'gantry workspace sync; code=$?',
  'cp -a api "$2"; exit $code',
].join('; ');

describe('a full disk', () => {
  test.for([
    ['while it fetches', 250, /No space left on device/],
    ['while it writes the working tree', 400, /bulk\.txt/],
  ] as const)(
    '%s is one error, and what was there is unharmed',
    async ([, kilobytes, says], { world, skip }) => {
      const workspace = await createWorkspace(world, { api: 'dirty' });
      await publishBulk(world, workspace.remote('api'));
      const before = await pictureOf(workspace.repo('api'));
      const disk = { path: world.path('disk'), kilobytes };
      const finished = await onSmallDisk(world, disk, [SYNC, world.path('kept')]);
      skip(finished.code === 77, 'this machine lets nobody mount a disk');
      expect(finished).toMatchObject({ code: 3, stderr: expect.stringMatching(says) });
      expectOneError(finished);
      const kept = repoAt(world, world.path('kept'));
      const after = await pictureOf(kept);
      expect({ ...after, refs: [] }).toMatchObject({ ...before, refs: [] });
      await expectSound(kept);
    },
  );

  test('under the database is one error, and nothing was begun', async ({ world, skip }) => {
    const workspace = await createWorkspace(world, { api: 'behind' });
    const before = await pictureOf(workspace.repo('api'));
    const disk = { path: world.env.XDG_STATE_HOME as string, kilobytes: 16 };
    const finished = await onSmallDisk(world, disk, ['gantry workspace sync']);
    skip(finished.code === 77, 'this machine lets nobody mount a disk');
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expectOneError(finished);
    expect(await pictureOf(workspace.repo('api'))).toEqual(before);
  });
});
