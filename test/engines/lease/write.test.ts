import { describe, expect } from 'vitest';
import type { Actor } from '#engines/core/actor.ts';
import { liveLeases } from '#engines/lease/read.ts';
import { applyRelease, applyRevoke, applyTake, checkRelease, checkTake } from '#engines/lease/write.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const somebody = (world: World, name: string) => {
  const actor: Actor = { kind: 'human', name, surface: 'shell', host: 'test', pid: process.pid };
  return testContext(world, { actor });
};

const place = (world: World) => ({
  path: world.path('work', 'api'),
  workspace: world.path('work'),
  repo: 'api',
  set: null,
  note: null,
  seconds: 600,
});

const step = { target: { kind: 'store', name: 'api' } as const, activity: '1', step: 'api/1' };

describe('what was begun and broken off', () => {
  test('is taken once: it is known whether it was, and to whom', async ({ world }) => {
    const [ada, bob] = [somebody(world, 'ada'), somebody(world, 'bob')];
    const take = { ...step, args: { ...place(world), holder: null, before: null } };
    expect(await checkTake(take, ada)).toBeUndefined();
    const applied = await applyTake(take, ada);
    expect(await checkTake(take, ada)).toEqual(applied);
    expect(await checkTake(take, bob)).toBeUndefined();
  });

  test('is given up once', async ({ world }) => {
    const ada = somebody(world, 'ada');
    await applyTake({ ...step, args: { ...place(world), holder: null, before: null } }, ada);
    const release = { ...step, args: { ...place(world), holder: 'ada (human)' } };
    expect(await checkRelease(release, ada)).toBeUndefined();
    const applied = await applyRelease(release, ada);
    expect(await checkRelease(release, ada)).toEqual(applied);
  });
});

describe('of two whose plans both found it as it was', () => {
  test('the later one does not get it', async ({ world }) => {
    const [ada, bob] = [somebody(world, 'ada'), somebody(world, 'bob')];
    const take = { ...step, args: { ...place(world), holder: null, before: null } };
    await applyTake(take, ada);
    await expect(applyTake(take, bob)).rejects.toMatchObject({ failure: { code: 'leased' } });
    expect([...liveLeases(ada).values()]).toMatchObject([{ holder: 'ada (human)' }]);
  });

  test('the later one does not give up what another has taken since', async ({ world }) => {
    const [ada, bob] = [somebody(world, 'ada'), somebody(world, 'bob')];
    const take = { ...step, args: { ...place(world), holder: null, before: null } };
    await applyTake(take, bob);
    await applyRevoke({ ...step, args: { ...place(world), holder: 'ada (human)' } }, ada);
    expect([...liveLeases(ada).values()]).toMatchObject([{ holder: 'bob (human)' }]);
    const theirs = { ...step, args: { ...place(world), holder: 'bob (human)' } };
    await expect(applyRelease(theirs, ada)).rejects.toMatchObject({ failure: { code: 'leased' } });
  });
});
