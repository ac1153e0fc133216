import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { putOnPath } from '../../rig/program.ts';
import { terminal } from '../../rig/screen.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectSound, expectUnlocked, pictureOf } from '../evidence.ts';
import { silentRemote } from '../remotes.ts';
import { activity } from './activity.ts';

describe('given a fetch from a remote that says nothing', () => {
  test('Ctrl-C ends it with 130, and nothing is left of it', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'behind' });
    const remote = await silentRemote(world);
    const api = workspace.repo('api');
    await api.git('remote', 'set-url', 'origin', remote.url);
    const before = await pictureOf(api);
    await putOnPath(world);

    const shown = await terminal(world, ['gantry', 'workspace', 'sync']);
    await shown.waitFor(/^web done 1 commit/m);
    await remote.reached;
    shown.press('ctrl+c');
    expect(await shown.exit).toEqual({ code: 130, signal: 0 });
    expect(shown.text()).toMatch(/^activity 1 cancelled, gantry resume 1/m);

    expect(world.processes()).toEqual([]);
    expect(await pictureOf(api)).toEqual(before);
    await expectSound(api);
    await expectUnlocked(world);
    expect(await activity(world, '1')).toMatchObject({
      activity: { status: 'cancelled' },
      steps: expect.arrayContaining([
        expect.objectContaining({ step: 'api/1', status: 'cancelled' }),
        expect.objectContaining({ step: 'web/2', status: 'done' }),
      ]),
    });
  });

  test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s ends it with 130 headless',
    async (signal, { world }) => {
      const workspace = await createWorkspace(world, { api: 'clean' });
      const remote = await silentRemote(world);
      await workspace.repo('api').git('remote', 'set-url', 'origin', remote.url);
      const running = world.startGantry(['workspace', 'sync', '--json']);
      await remote.reached;
      const { code, json } = await running.stop(signal);
      expect(code).toBe(130);
      expect(json()).toMatchObject({
        ok: false,
        receipt: { status: 'cancelled' },
        error: { code: 'cancelled', exitCode: 130 },
      });
      expect(world.processes()).toEqual([]);
      await expectUnlocked(world);
    },
  );

  test('--timeout ends it with 130 and says that it was the time', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const remote = await silentRemote(world);
    await workspace.repo('api').git('remote', 'set-url', 'origin', remote.url);
    const { code, stderr } = await world.gantry(['workspace', 'sync', '--timeout', '0.5']);
    expect(code).toBe(130);
    expect(stderr).toContain('error: The time for the action was over.');
    expect(world.processes()).toEqual([]);
    await expectUnlocked(world);
  });

  test('what was cancelled goes on with resume, once the remote speaks again', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'unfetched' });
    const remote = await silentRemote(world);
    const api = workspace.repo('api');
    await api.git('remote', 'set-url', 'origin', remote.url);
    const running = world.startGantry(['workspace', 'sync']);
    await remote.reached;
    await running.stop('SIGINT');

    await api.git('remote', 'set-url', 'origin', workspace.remote('api').dir);
    const { code } = await world.gantry(['resume', '1']);
    expect(code).toBe(0);
    expect(await api.oid()).toBe(await workspace.remote('api').oid('main'));
    expect(await activity(world, '1')).toMatchObject({ activity: { status: 'done' } });
  });
});

test.for([
  ['SIGINT', []],
  ['--timeout', ['--timeout', '1']],
] as const)('a query over a repo that hangs ends with 130 on %s', async ([how, options], { world }) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  const hangs = `#!/bin/sh\n: > '${workspace.path('asked')}'\nexec sleep 60\n`;
  await mkdir(world.path('bin'));
  await writeFile(world.path('bin', 'git'), hangs, { mode: 0o755 });
  Object.assign(world.env, { PATH: `${world.path('bin')}:${world.env.PATH}`, GANTRY_REPO_BUDGET: '30000' });
  const running = world.startGantry(['repo', 'status', ...options]);
  await until(() => existsSync(workspace.path('asked')), { what: 'git to be asked' });
  const { code } = how === 'SIGINT' ? await running.stop('SIGINT') : await running.exit;
  expect(code).toBe(130);
  await until(() => world.processes().length === 0, { what: 'the gits to end' });
});

describe('--timeout', () => {
  test.for(['soon', '0', '-1', '1e12'])('%s is no time', async (value, { world }) => {
    const { code, stderr } = await world.gantry(['workspace', 'list', `--timeout=${value}`]);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: --timeout takes seconds, such as 30, and not "${value}".`);
  });
});
