import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test as plain } from 'vitest';
import * as z from 'zod/mini';
import { systemd } from '#engines/daemon/unit/systemd.ts';
import { networkFilesystem } from '#engines/doctor/checks/network.ts';
import { readDaemon } from '#engines/doctor/daemon.ts';
import { writeSpec, writeStatus } from '#engines/process/records.ts';
import { specSchema } from '#engines/process/spec.ts';
import { NEVER_RUN } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';
import { reach } from '../../app/daemon/client.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { type FakeSystemd, fakeSystemd } from '../../rig/systemd.ts';
import { test } from '../../rig/test.ts';

const checksIn = async (world: World) => {
  const context = testContext(world, { env: world.environment() });
  const { checks } = await readDaemon({}, context);
  return new Map(checks.map((one) => [one.check, one]));
};

const problemsIn = async (world: World) =>
  [...(await checksIn(world)).values()].filter(({ ok }) => !ok).map(({ check, fix }) => [check, fix]);

/** A machine with a stand-in for systemd, on which the daemon was installed. */
const installed = (world: World): FakeSystemd & { program: string; unit: string } => {
  const fake = fakeSystemd(world);
  const program = world.path('gantry');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const unit = world.path('home', '.config', 'systemd', 'user', 'gantry.service');
  mkdirSync(dirname(unit), { recursive: true });
  writeFileSync(unit, systemd.text({ program, env: {} }));
  for (const kept of ['enabled', 'lingering']) writeFileSync(world.path('systemd', kept), '');
  return { ...fake, program, unit };
};

describe.runIf(process.platform === 'linux')('given a stand-in for systemd and an installed unit', () => {
  test('then nothing is wrong', async ({ world }) => {
    installed(world);
    expect(await problemsIn(world)).toEqual([]);
  });

  test('when its launcher is gone, then it is to be installed again', async ({ world }) => {
    rmSync(installed(world).program);
    expect(await problemsIn(world)).toEqual([['launcher', 'gantry daemon install']]);
  });

  test('when it starts something else, then it is to be installed again', async ({ world }) => {
    writeFileSync(installed(world).unit, '[Service]\nExecStart=/bin/sleep 1\nKillMode=process\n');
    expect(await problemsIn(world)).toEqual([['launcher', 'gantry daemon install']]);
  });

  test('when it is neither enabled nor lingers, then each has its command', async ({ world }) => {
    installed(world);
    for (const kept of ['enabled', 'lingering']) rmSync(world.path('systemd', kept));
    expect(await problemsIn(world)).toEqual([
      ['enabled', 'gantry daemon install'],
      ['lingering', 'loginctl --no-ask-password enable-linger'],
    ]);
  });

  test('when its end would end what the daemon keeps, then it is said where that comes from', async ({
    world,
  }) => {
    const { overrideKillMode, unit, program } = installed(world);
    overrideKillMode('mixed');
    expect(await problemsIn(world)).toEqual([['kill mode', 'systemctl --user edit gantry.service']]);
    writeFileSync(unit, systemd.text({ program, env: {} }).replace('KillMode=process\n', ''));
    expect(await problemsIn(world)).toEqual([['kill mode', 'gantry daemon install']]);
  });

  test('when the daemon runs beside it, then it is to be restarted', async ({ world }) => {
    installed(world);
    world.env.FIXTURE_VERSION = '9.0.0';
    await reach(world, { version: '9.0.0' });
    expect(await problemsIn(world)).toEqual([['unit runs the daemon', 'gantry daemon restart']]);
  });

  test('when the manager does not answer, then that is the one thing to mend', async ({ world }) => {
    installed(world).leave();
    expect(await problemsIn(world)).toEqual([['manager', 'systemctl --user status']]);
    delete world.env.XDG_RUNTIME_DIR;
    const [[, fix] = []] = await problemsIn(world);
    expect(fix).toMatch(/^export XDG_RUNTIME_DIR=\/run\/user\/\d+$/);
  });
});

describe.runIf(process.platform === 'linux')('given a stand-in for systemd and no unit', () => {
  test('then it is to be installed', async ({ world }) => {
    fakeSystemd(world);
    expect(await problemsIn(world)).toEqual([['unit', 'gantry daemon install']]);
  });

  test('when nothing could be installed, then nothing is wrong', async ({ world }) => {
    fakeSystemd(world).leave();
    expect(await problemsIn(world)).toEqual([]);
    expect((await checksIn(world)).get('unit')?.detail).toContain('Failed to connect to bus');
  });

  test('when the runtime directory is open to others, then it is to be closed', async ({ world }) => {
    fakeSystemd(world).leave();
    const directory = world.path('run', 'gantry');
    mkdirSync(directory);
    chmodSync(directory, 0o755);
    expect(await problemsIn(world)).toEqual([['runtime directory', `chmod 700 ${directory}`]]);
  });

  test('when a file is in the way of the state directory, then that is to be moved', async ({ world }) => {
    fakeSystemd(world).leave();
    const file = world.path('home', 'file');
    writeFileSync(file, '');
    world.env.GANTRY_STATE = `${file}/gantry`;
    expect(await problemsIn(world)).toEqual([['state directory', `mv ${file} ${file}.old`]]);
  });

  test('when fallocate is missing, then logs are never shortened', async ({ world }) => {
    world.env.PATH = world.path('work');
    expect(await problemsIn(world)).toEqual([['log retention', 'sudo apt-get install util-linux']]);
  });

  test('when processes are kept and no daemon runs, then one is to be started', async ({ world }) => {
    fakeSystemd(world).leave();
    const opened = testContext(world).use(store);
    const common = { kind: 'command', owner: 'web', workspace: null, argv: ['true'], cwd: '/' } as const;
    writeSpec(opened, z.parse(specSchema, { name: 'web', ...common }), 'running', 1);
    writeStatus(opened, 'web', { ...NEVER_RUN, phase: 'running' }, 1);
    expect(await problemsIn(world)).toEqual([['daemon', 'gantry daemon start']]);
  });

  test('when the daemon is older than this program, then it is to be restarted', async ({ world }) => {
    fakeSystemd(world).leave();
    world.env.FIXTURE_VERSION = '0.0.1';
    await reach(world, { version: '0.0.1' });
    expect(await problemsIn(world)).toEqual([['daemon', 'gantry daemon restart']]);
  });
});

describe('a filesystem', () => {
  plain.each([
    ['NFS', 0x6969],
    ['CIFS', 0xff534d42],
    ['CIFS', 0xff534d42 - 2 ** 32],
    [undefined, 0xef53],
  ])('is %s by the type %d', (name, type) => expect(networkFilesystem(type)).toBe(name));
});
