import { describe, expect } from 'vitest';
import { applyReset, checkReset } from '../../../src/engines/git/reset.ts';
import { applyRestore } from '../../../src/engines/git/restore.ts';
import { applySnapshot } from '../../../src/engines/git/snapshot.ts';
import { testContext } from '../../rig/context.ts';
import { gitFaults } from '../../rig/faults.ts';
import type { World } from '../../rig/home.ts';
import { createSite } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { applied } from './application.ts';
import { observed } from './observed.ts';

/** A merge that stopped, with staged, changed and untracked files around it. */
async function busyRepo(world: World) {
  const site = await createSite(world, {
    dir: world.path('work', 'api'),
    remote: world.path('remotes', 'api.git'),
    state: 'conflicted',
  });
  await site.repo.write('src/part-0/file-0.txt', 'staged\n');
  await site.repo.git('add', 'src');
  await site.repo.write('src/part-0/file-0.txt', 'and changed\n');
  await site.repo.write('new/untracked file', 'untracked\n');
  return { ...site, faults: await gitFaults(world), to: await site.repo.oid('origin/main') };
}

/** Lets every git of some work fail in turn, the first, the second and so on, until it gets through. */
async function failingInTurn(faults: Awaited<ReturnType<typeof gitFaults>>, work: () => Promise<unknown>) {
  for (let nth = 1; ; nth += 1) {
    await faults.arm({ nth, fail: 128, stderr: 'fatal: killed' });
    const outcome = await work().then(
      () => 'done',
      () => 'failed',
    );
    const struck = (await faults.fired()).length > 0;
    await faults.disarm();
    if (!struck) {
      expect(outcome).toBe('done');
      return nth - 1;
    }
  }
}

describe('whichever git dies', () => {
  test('a snapshot changes nothing, and the next attempt succeeds', async ({ world }) => {
    const { repo, faults } = await busyRepo(world);
    const context = testContext(world);
    const before = await observed(repo);
    const step = applied(repo, { ignored: false, also: [] });
    const gits = await failingInTurn(faults, async () => {
      await applySnapshot(step, context).finally(async () => expect(await observed(repo)).toEqual(before));
    });
    expect(gits).toBeGreaterThan(5);
  });

  test('a restoration that is done again brings everything back', async ({ world }) => {
    const { repo, faults, to } = await busyRepo(world);
    const context = testContext(world);
    const before = await observed(repo);
    const { result } = await applySnapshot(applied(repo, { ignored: false, also: [] }), context);
    const { oid } = result as { oid: string };
    const reset = async () => {
      const step = applied(repo, { to, submodules: false });
      await checkReset(step, context);
      await applyReset(step, context);
    };
    await reset();
    let step = applied(repo, { oid });
    const gits = await failingInTurn(faults, async () => {
      try {
        await applyRestore(step, context);
      } catch (thrown) {
        const { result: undone } = await applyRestore(step, context);
        expect(await observed(repo)).toEqual(before);
        expect(undone).toMatchObject({ before: expect.any(String) });
        await reset();
        step = applied(repo, { oid });
        throw thrown;
      }
    });
    expect(gits).toBeGreaterThan(10);
    expect(await observed(repo)).toEqual(before);
    expect((await repo.tryGit('fsck', '--strict', '--no-dangling')).code).toBe(0);
  });
});
