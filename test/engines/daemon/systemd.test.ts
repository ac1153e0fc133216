import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test as plain } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { systemd } from '#engines/daemon/unit/systemd.ts';
import { test } from '../../rig/test.ts';

const start = (program: string, env: Record<string, string> = {}) => systemd.text({ program, env });

const failureIn = (work: () => unknown) => {
  try {
    return work();
  } catch (thrown) {
    return failureOf(thrown);
  }
};

describe('the unit of systemd', () => {
  plain(
    'starts the launcher, ends nothing but the daemon, and has nothing in it that it was not given',
    () => {
      expect(start('/usr/bin/gantry', { PATH: '/usr/bin:/bin' })).toBe(`[Unit]
Description=Gantry: keeps workers, services and schedules

[Service]
Type=exec
ExecStart=/usr/bin/gantry daemon run
Environment=PATH=/usr/bin:/bin
KillMode=process
OOMPolicy=continue
Restart=on-failure
RestartSec=1

[Install]
WantedBy=default.target
`);
    },
  );

  plain.each([
    ['spaces', '/opt/my tools/gantry', 'ExecStart="/opt/my tools/gantry" daemon run'],
    ['percent signs', '/opt/100%/gantry', 'ExecStart=/opt/100%%/gantry daemon run'],
    ['dollar signs', '/opt/$HOME/gantry', 'ExecStart="/opt/$HOME/gantry" daemon run'],
  ])('names a launcher with %s in its path, and knows it again', (_, program, line) => {
    expect(start(program).split('\n')).toContain(line);
    expect(systemd.programIn(start(program))).toBe(program);
  });

  plain('quotes what a variable has in it', () => {
    expect(start('/g', { PATH: '/a b:/"c":/100%:/d\\e:/$f' })).toContain(
      'Environment="PATH=/a b:/\\"c\\":/100%%:/d\\\\e:/$f"\n',
    );
  });

  plain.each([
    '/opt/a\nExecStart=/bin/evil/gantry',
    '/opt/\u0007/gantry',
    '/opt/"/gantry',
    "/opt/'/gantry",
    '/a\\b',
  ])('is not made for the path %j', (program) => {
    expect(failureIn(() => start(program))).toMatchObject({ code: 'unit-path-unsafe' });
  });

  plain('is not made with a variable of two lines', () => {
    const two = () => start('/g', { PATH: '/bin\nKillMode=control-group' });
    expect(failureIn(two)).toMatchObject({ code: 'unit-path-unsafe' });
  });

  plain('stands where systemd looks for it', () => {
    const env = { HOME: '/home/ada', XDG_CONFIG_HOME: '/home/ada/conf' };
    const places = [env, { HOME: '/home/ada' }, { HOME: '/home/ada', XDG_CONFIG_HOME: 'relative' }];
    expect(places.map((one) => systemd.file({ env: one, paths: pathsFrom(one) }))).toEqual([
      '/home/ada/conf/systemd/user/gantry.service',
      '/home/ada/.config/systemd/user/gantry.service',
      '/home/ada/.config/systemd/user/gantry.service',
    ]);
  });

  plain('is told of by its properties', () => {
    const told = 'UnitFileState=enabled\nMainPID=42\nKillMode=process\n';
    expect(systemd.shown(told)).toEqual({ enabled: true, pid: 42, killMode: 'process' });
    const unknown = 'UnitFileState=\nMainPID=0\nKillMode=control-group\n';
    expect(systemd.shown(unknown)).toEqual({ enabled: false, pid: null, killMode: 'control-group' });
  });

  const isInstalled = spawnSync('systemd-analyze', ['--version']).status === 0;

  test.skipIf(!isInstalled)(
    'is one in which systemd finds no fault, whatever the launcher is called',
    ({ world }) => {
      const folder = world.path('work', 'a b%c$d');
      mkdirSync(folder);
      writeFileSync(`${folder}/gantry`, '#!/bin/sh\n');
      chmodSync(`${folder}/gantry`, 0o755);
      const unit = world.path('work', 'gantry.service');
      writeFileSync(unit, start(`${folder}/gantry`, { PATH: '/usr/bin:/a "b"\\c%d' }));
      const args = ['--user', 'verify', '--man=no', unit];
      const { status, stderr } = spawnSync('systemd-analyze', args, { env: world.env, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );
});
