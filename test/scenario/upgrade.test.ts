import { rmSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { connectHost } from '#engines/daemon/client.ts';
import { caller, filesOf, hello, statusOf } from '../app/daemon/client.ts';
import { test } from '../rig/test.ts';
import { installed, pretendAnotherBuild } from './installed.ts';

describe('given a daemon whose program was replaced', () => {
  test('when another build is there, then that takes its place', async ({ world }) => {
    const gantry = installed(world);
    await gantry('daemon', 'start');
    const old = await statusOf(world);
    expect((await gantry('daemon', 'start')).code).toBe(0);
    expect((await statusOf(world)).pid).toBe(old.pid);

    pretendAnotherBuild(world);
    expect((await gantry('daemon', 'start')).code).toBe(0);

    const fresh = await statusOf(world);
    expect(fresh.running).toBe(true);
    expect(fresh.pid).not.toBe(old.pid);
    expect(fresh.build).not.toBe(old.build);
  });

  test('when all of it is gone, then it does what it has never done before, and can be stopped', async ({
    world,
  }) => {
    const gantry = installed(world);
    await gantry('daemon', 'start');
    const host = await connectHost(filesOf(world).socket, hello(world));
    rmSync(world.path('program', 'dist'), { recursive: true });

    const setting = { key: 'undo.keepDays', value: '3' };
    const outcome = await host.invoke({ action: 'config.set', input: setting }, caller(world));
    expect(outcome).toMatchObject({ kind: 'receipt', receipt: { status: 'done' } });
    await host.close();

    expect((await world.gantry(['daemon', 'stop'])).code).toBe(0);
    expect(await statusOf(world)).toMatchObject({ running: false });
  });
});
