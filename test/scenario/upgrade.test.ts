import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import { connectHost } from '#engines/daemon/client.ts';
import { caller, filesOf, hello, statusOf } from '../app/daemon/client.ts';
import type { World } from '../rig/home.ts';
import { test } from '../rig/test.ts';

/** The program as a package manager puts it, so that a test can replace it. */
const installed = (world: World) => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  for (const folder of ['bin', 'dist'])
    cpSync(`${root}${folder}`, world.path('program', folder), { recursive: true });
  return (...args: string[]) => world.run(world.path('program', 'bin', 'gantry'), args);
};

/** The fingerprint of a file is its first line. */
function pretendAnotherBuild(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\/\/.*/, `//${'0'.repeat(16)}`));
}

describe('given a daemon whose program was replaced', () => {
  test('when another build is there, then that takes its place', async ({ world }) => {
    const gantry = installed(world);
    await gantry('daemon', 'start');
    const old = await statusOf(world);
    expect((await gantry('daemon', 'start')).code).toBe(0);
    expect((await statusOf(world)).pid).toBe(old.pid);

    pretendAnotherBuild(world.path('program', 'dist', 'daemon.cjs'));
    expect((await gantry('daemon', 'start')).code).toBe(0);

    const fresh = await statusOf(world);
    expect(fresh.running).toBe(true);
    expect(fresh.pid).not.toBe(old.pid);
    expect(fresh.build).not.toBe(old.build);
  });

  test('when a part of it is gone, then that is one clear failure, and it can still be stopped', async ({
    world,
  }) => {
    const gantry = installed(world);
    await gantry('daemon', 'start');
    const host = await connectHost(filesOf(world).socket, hello(world));
    rmSync(world.path('program', 'dist'), { recursive: true });

    const setting = { key: 'undo.keepDays', value: '3' };
    const outcome = await host.invoke({ action: 'config.set', input: setting }, caller(world));
    expect(outcome).toMatchObject({
      failure: { code: 'program-replaced', next: ['gantry daemon stop', 'gantry daemon start'] },
    });
    await host.close();

    expect((await world.gantry(['daemon', 'stop'])).code).toBe(0);
    expect(await statusOf(world)).toMatchObject({ running: false });
  });
});
