import { describe, expect } from 'vitest';
import type { Context } from '../../../src/engines/core/context.ts';
import { applyReset, checkReset } from '../../../src/engines/git/reset.ts';
import { applyRestore } from '../../../src/engines/git/restore.ts';
import { applySnapshot } from '../../../src/engines/git/snapshot.ts';
import { testContext } from '../../rig/context.ts';
import { type GitFaults, gitFaults } from '../../rig/faults.ts';
import type { Repo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { createSite } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { applied } from './application.ts';
import { observed } from './observed.ts';

/** How many of the gits of a piece of work are made to fail, one per round, evenly spread. */
const ROUNDS = 8;

/** A merge that stopped, with staged, changed and untracked files around it. */
async function busyRepo(world: World) {
  const { repo } = await createSite(world, {
    dir: world.path('work', 'api'),
    remote: world.path('remotes', 'api.git'),
    state: 'conflicted',
  });
  await repo.write('src/part-0/file-0.txt', 'staged\n');
  await repo.git('add', 'src');
  await repo.write('src/part-0/file-0.txt', 'and changed\n');
  await repo.write('new/untracked file', 'untracked\n');
  return { repo, faults: await gitFaults(world), context: testContext(world) };
}

const snapshot = async (repo: Repo, context: Context) => {
  const { result } = await applySnapshot(applied(repo, { ignored: false, also: [] }), context);
  return (result as { oid: string }).oid;
};

const reset = async (repo: Repo, context: Context) => {
  const step = applied(repo, { to: await repo.oid('origin/main'), submodules: false });
  await checkReset(step, context);
  await applyReset(step, context);
};

/** Runs some work once, then once per round with another of its gits failing. */
async function failing(faults: GitFaults, work: () => Promise<unknown>, between: () => Promise<unknown>) {
  await faults.forget();
  await work();
  const gits = (await faults.calls()).length;
  for (let round = 0; round < ROUNDS; round += 1) {
    await between();
    await faults.arm({ nth: 1 + Math.floor((gits * round) / ROUNDS), fail: 128, stderr: 'fatal: killed' });
    await work().catch(() => {});
    expect(await faults.fired()).toEqual([0]);
  }
  await faults.disarm();
}

describe('whichever git dies', () => {
  test('a snapshot changes nothing', async ({ world }) => {
    const { repo, faults, context } = await busyRepo(world);
    const before = await observed(repo);
    const after: unknown[] = [];
    await failing(
      faults,
      () => snapshot(repo, context),
      async () => after.push(await observed(repo)),
    );
    expect([...after, await observed(repo)]).toEqual(Array(ROUNDS + 1).fill(before));
  });

  test('a restoration that is done again brings everything back', async ({ world }) => {
    const { repo, faults, context } = await busyRepo(world);
    const before = await observed(repo);
    const oid = await snapshot(repo, context);
    const after: unknown[] = [];
    await reset(repo, context);
    let step = applied(repo, { oid });
    const again = async () => {
      await faults.disarm();
      await applyRestore(step, context);
      after.push(await observed(repo));
      await reset(repo, context);
      step = applied(repo, { oid });
    };
    await failing(faults, () => applyRestore(step, context), again);
    await again();
    expect(after).toEqual(Array(ROUNDS + 1).fill(before));
    expect((await repo.tryGit('fsck', '--strict', '--no-dangling')).code).toBe(0);
  });
});
