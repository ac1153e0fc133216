import { describe, expect } from 'vitest';
import { type Fault, gitFaults } from '../../rig/faults.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectSound, expectUnlocked, openDatabase } from '../evidence.ts';
import { activity } from './activity.ts';

/** The program is killed with SIGKILL between the intent and the receipt of the fast-forward. */
const killedAt = async (world: World, when: 'before' | 'after') => {
  const workspace = await createWorkspace(world, { api: 'unfetched', web: 'unfetched' });
  const faults = await gitFaults(world);
  const merge: Fault = { match: 'merge *', kill: 'caller', when };
  await faults.arm(merge);
  const { code, stdout } = await world.gantry(['workspace', 'sync']);
  expect({ code, stdout }).toEqual({ code: null, stdout: '' });
  await faults.disarm();
  return workspace;
};

import { succeed } from '../succeed.ts';

describe('given a program that was killed in the middle of a step', () => {
  test.for(['before', 'after'] as const)('%s git ran, resume does what is left', async (when, { world }) => {
    const workspace = await killedAt(world, when);
    expect(await activity(world, '1')).toMatchObject({ activity: { status: 'interrupted' } });

    const { code, stdout } = await world.gantry(['resume', '1']);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    for (const name of workspace.names) {
      expect(await workspace.repo(name).oid()).toBe(await workspace.remote(name).oid('main'));
      await expectSound(workspace.repo(name));
    }
    expect(await activity(world, '1')).toMatchObject({ activity: { status: 'done', summary: '4 done' } });
    await expectUnlocked(world);
  });

  test('the same command with the plan of then continues it', async ({ world }) => {
    await killedAt(world, 'before');
    const { activity: interrupted } = (await activity(world, '1')) as { activity: { plan: string } };
    const { code, json } = await world.gantry([
      ...['workspace', 'sync', '--json'],
      ...['--plan', interrupted.plan.slice(0, 12)],
    ]);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ receipt: { activity: '1', status: 'done' } });
  });

  test('the same command without one plans what is left', async ({ world }) => {
    const workspace = await killedAt(world, 'after');
    const { code, json } = await world.gantry(['workspace', 'sync', '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ receipt: { activity: '2', status: 'done' } });
    expect(await workspace.repo('api').oid()).toBe(await workspace.remote('api').oid('main'));
  });

  test.for(['before', 'after'] as const)(
    '%s git ran, nothing is left to resume once the same command has done it',
    async (when, { world }) => {
      const workspace = await killedAt(world, when);
      await succeed(world, ['workspace', 'sync']);
      const oids = async () => Promise.all(workspace.names.map((name) => workspace.repo(name).oid()));
      const before = await oids();

      const shown = await succeed(world, ['resume', '1', '--dry-run']);
      expect(shown.stdout).toContain('activity 2 has done it');
      const { json } = await succeed(world, ['resume', '1', '--json']);
      expect(json()).toMatchObject({ ok: true, receipt: { activity: '1', status: 'done' } });
      expect(await activity(world, '1')).toMatchObject({ activity: { status: 'done' } });
      expect(await oids()).toEqual(before);
      await expectUnlocked(world);
    },
  );

  test('undo refuses until it is known what happened, and then takes all of it back', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'unfetched' });
    const before = await workspace.repo('api').oid();
    const faults = await gitFaults(world);
    await faults.arm({ match: 'merge *', kill: 'caller', when: 'after' });
    await world.gantry(['workspace', 'sync']);
    await faults.disarm();

    const refused = await world.gantry(['undo', '1']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('next: gantry resume 1');
    await world.gantry(['resume', '1']);
    await succeed(world, ['undo', '1']);
    expect(await workspace.repo('api').oid()).toBe(before);
  });

  test('an activity that is done can not be resumed', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await world.gantry(['workspace', 'sync']);
    const { code, stderr } = await world.gantry(['resume', '1']);
    expect(code).toBe(2);
    expect(stderr).toContain('error: Activity 1 is done.');
  });

  test('after its last receipt, resume gives up what it had locked', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    await succeed(world, ['workspace', 'sync']);
    const database = openDatabase(world);
    database.exec("UPDATE activities SET status = 'running', process = '1@1', ended_at = NULL");
    database.prepare("INSERT INTO locks VALUES (?, 1, '1@1')").run(`repo:${workspace.path('api')}`);
    database.close();

    await succeed(world, ['resume', '1']);
    expect(await activity(world, '1')).toMatchObject({ activity: { status: 'done' } });
    await expectUnlocked(world);
  });
});
