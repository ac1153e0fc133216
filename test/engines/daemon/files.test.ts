import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { daemonFiles, ensureDirectories } from '#engines/daemon/files.ts';
import { tryLock } from '#engines/daemon/lock.ts';
import { test } from '../../rig/test.ts';

const failure = (work: () => void) => {
  try {
    return work();
  } catch (thrown) {
    return failureOf(thrown);
  }
};

describe('the directories of the daemon', () => {
  test('given none, when they are made, then nobody else may enter', ({ world }) => {
    const files = daemonFiles({ runtime: world.path('deep', 'run'), state: world.path('state') });

    ensureDirectories(files);

    const modes = [files.socket, files.log].map((file) => statSync(dirname(file)).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700]);
  });

  test('given one that others may enter, then it is closed', ({ world }) => {
    const files = daemonFiles({ runtime: world.path('open'), state: world.path('state') });
    mkdirSync(world.path('open'));
    chmodSync(world.path('open'), 0o755);

    ensureDirectories(files);

    expect(statSync(world.path('open')).mode & 0o777).toBe(0o700);
  });

  test('given a link in the place of one, then it is not followed', ({ world }) => {
    symlinkSync(world.path('work'), world.path('link'));
    const files = daemonFiles({ runtime: world.path('link'), state: world.path('state') });

    expect(failure(() => ensureDirectories(files))).toMatchObject({ code: 'runtime-unsafe' });
  });

  test('given a file in the place of one, then the failure names it', ({ world }) => {
    writeFileSync(world.path('file'), '');
    const files = daemonFiles({ runtime: world.path('file', 'run'), state: world.path('state') });

    expect(failure(() => ensureDirectories(files))).toMatchObject({
      code: 'runtime-unusable',
      message: expect.stringContaining(world.path('file', 'run')),
    });
  });
});

describe('the lock of the daemon', () => {
  const holder = (file: string) =>
    `require('node:sqlite'); const d = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)}); d.exec('BEGIN EXCLUSIVE'); console.log('locked'); setInterval(() => {}, 1e6);`;

  test('given a process that has it, then no other gets it until that one dies, however it does', async ({
    world,
  }) => {
    const file = world.path('daemon.lock');
    const process_ = world.start(process.execPath, ['-e', holder(file)]);
    await process_.waitFor(/locked/);
    expect(tryLock(file)).toBeUndefined();

    await process_.stop('SIGKILL');

    const lock = tryLock(file);
    expect(lock).toBeDefined();
    expect(tryLock(file)).toBeUndefined();
    lock?.release();
    expect(tryLock(file)).toBeDefined();
  });
});
