import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { fakeSystemd } from '../../rig/systemd.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { installed } from '../installed.ts';
import { daemonOf, gantryWell, marked, processesOf } from './house.ts';

const unitOf = (world: World) => world.path('home', '.config', 'systemd', 'user', 'gantry.service');

const problemsOf = async (world: World): Promise<Record<string, string>> => {
  const { checks } = (await world.gantry(['doctor', 'daemon', '--json'])).json<{
    checks: { check: string; ok: boolean; fix: string }[];
  }>().data;
  return Object.fromEntries(checks.filter(({ ok }) => !ok).map(({ check, fix }) => [check, fix]));
};

const INSTALLING = [
  'systemctl --user daemon-reload',
  'systemctl --user enable gantry.service',
  'systemctl --user start gantry.service',
  'loginctl --no-ask-password enable-linger',
];

describe('given a stand-in for systemd, and no daemon', () => {
  test('when an installation is looked at, then unit and commands are shown, and nothing is done', async ({
    world,
  }) => {
    const systemd = fakeSystemd(world);
    const { stdout } = await world.gantry(['daemon', 'install', '--dry-run']);
    expect(stdout).toMatch(/write \S+\/gantry\.service: \[Unit\] .*ExecStart=\S+\/bin\/gantry daemon run /);
    expect(stdout).toContain(' KillMode=process ');
    const commands = [...stdout.matchAll(/^ +\$ (.*)$/gm)].map(([, command]) => command);
    expect(commands).toEqual(INSTALLING);
    expect([systemd.changes(), existsSync(unitOf(world))]).toEqual([[], false]);
  });

  test('when it is installed, then it runs as the unit, and once more there is nothing to do', async ({
    world,
  }) => {
    const systemd = fakeSystemd(world);
    await gantryWell(world, 'daemon', 'install');
    expect(systemd.changes()).toEqual(INSTALLING);
    expect(await daemonOf(world)).toBe(systemd.pid());
    expect(await problemsOf(world)).toEqual({});

    await gantryWell(world, 'daemon', 'install');
    expect(systemd.changes()).toEqual(INSTALLING);
  });

  test('when that is undone, then all is as it was, what stood in the unit before included', async ({
    world,
  }) => {
    const systemd = fakeSystemd(world);
    mkdirSync(dirname(unitOf(world)), { recursive: true });
    writeFileSync(unitOf(world), '# mine\n');
    await gantryWell(world, 'daemon', 'install');

    await gantryWell(world, 'undo');

    expect(readFileSync(unitOf(world), 'utf8')).toBe('# mine\n');
    expect(systemd.changes().slice(INSTALLING.length)).toEqual([
      'loginctl --no-ask-password disable-linger',
      'systemctl --user disable gantry.service',
      'systemctl --user daemon-reload',
    ]);
    expect(await daemonOf(world)).toBeUndefined();
  });

  test('when another changes the unit between plan and installation, then theirs stays', async ({
    world,
  }) => {
    fakeSystemd(world);
    const shown = await world.gantry(['daemon', 'install', '--dry-run', '--json']);
    const { hash } = (shown.json() as unknown as { plan: { hash: string } }).plan;
    mkdirSync(dirname(unitOf(world)), { recursive: true });
    writeFileSync(unitOf(world), '# theirs\n');

    const late = await world.gantry(['daemon', 'install', '--plan', hash, '--json']);

    expect(late.json().error).toMatchObject({ code: 'plan-moved' });
    expect(readFileSync(unitOf(world), 'utf8')).toBe('# theirs\n');
  });
});

describe('given a stand-in for systemd, and a daemon that keeps services', () => {
  test('when it is installed, then the unit takes over, and they go on', async ({ world }) => {
    const systemd = fakeSystemd(world);
    await gantryWell(
      world,
      'service',
      'start',
      '--name',
      'web',
      '--command',
      'exec sleep 1000',
      '--replicas',
      '2',
    );
    const [daemon, before] = [await daemonOf(world), await processesOf(world)];

    const done = await gantryWell(world, 'daemon', 'install', '--json');

    expect(JSON.stringify(done.json().receipt)).toContain('stopped; 2 processes go on');
    expect(await daemonOf(world)).toBe(systemd.pid());
    expect(await daemonOf(world)).not.toBe(daemon);
    expect(await processesOf(world)).toEqual(before);
    signalTo(before[0]?.pid as number, 'SIGKILL');
    await until(async () => (await processesOf(world))[0]?.restarts === 1, {
      what: 'it to be started again',
    });
  });

  test('when it is restarted, then it is the unit that is started again', async ({ world }) => {
    const systemd = fakeSystemd(world);
    await gantryWell(world, 'daemon', 'install');
    const pid = systemd.pid();

    await gantryWell(world, 'daemon', 'restart');

    expect(systemd.pid()).not.toBe(pid);
    expect(await daemonOf(world)).toBe(systemd.pid());
  });

  test('when it hangs and is stopped by force, then the unit does not take that for a crash', async ({
    world,
  }) => {
    const systemd = fakeSystemd(world);
    await gantryWell(world, 'daemon', 'install');
    signalTo(systemd.pid() as number, 'SIGSTOP');

    await gantryWell(world, 'daemon', 'stop', '--force');

    expect(systemd.changes().at(-1)).toBe('systemctl --user stop gantry.service');
    expect(await daemonOf(world)).toBeUndefined();
  });

  test('when it is restarted by another program, then that one starts its own', async ({ world }) => {
    const systemd = fakeSystemd(world);
    await gantryWell(world, 'daemon', 'install');
    const other = installed(world);

    expect(await other('daemon', 'restart')).toMatchObject({ code: 0 });

    expect(systemd.changes()).toEqual(INSTALLING);
    expect(await daemonOf(world)).toBeDefined();
  });

  test('when it is uninstalled, then unit and start at login are gone, and the services are still looked after', async ({
    world,
  }) => {
    const systemd = fakeSystemd(world);
    await gantryWell(world, 'daemon', 'install');
    await gantryWell(world, 'service', 'start', '--name', 'web', '--command', 'exec sleep 1000');
    const before = await processesOf(world);

    await gantryWell(world, 'daemon', 'uninstall');

    expect(existsSync(unitOf(world))).toBe(false);
    expect(systemd.changes().slice(INSTALLING.length)).toEqual([
      'systemctl --user disable gantry.service',
      'systemctl --user daemon-reload',
    ]);
    expect(await daemonOf(world)).not.toBe(systemd.pid());
    expect(await processesOf(world)).toEqual(before);
    const again = await world.gantry(['daemon', 'uninstall', '--dry-run']);
    expect(again.stdout).toContain('is not installed');

    await gantryWell(world, 'undo');
    expect(await daemonOf(world)).toBe(systemd.pid());
    expect(marked(world).get('web:0')).toEqual([before[0]?.pid]);
  });
});

test('given no manager that answers, when it is installed, then that is refused and nothing is half done', async ({
  world,
}) => {
  const systemd = fakeSystemd(world);
  systemd.leave();
  const refused = await world.gantry(['daemon', 'install', '--json']);
  expect(refused.code).toBe(1);
  expect(refused.json().error).toMatchObject({
    code: 'manager-absent',
    message: expect.stringContaining('Failed to connect to bus'),
    next: ['systemctl --user status', 'gantry daemon start'],
  });
  expect(existsSync(unitOf(world))).toBe(false);
});
