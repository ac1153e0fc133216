import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { deadRemote } from '../remotes.ts';

import { succeed } from '../succeed.ts';

describe('the exit code is', () => {
  test('0 when all went well', async ({ world }) => {
    await createWorkspace(world, { api: 'behind' });
    await succeed(world, ['workspace', 'sync']);
  });

  test('1 when a command failed in a repo', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const { code, stderr } = await world.gantry(['workspace', 'exec', '--', 'false']);
    expect(code).toBe(1);
    expect(stderr).toContain('error: api: false ended with exit code 1.');
  });

  test('2 when the command line does not fit', async ({ world }) => {
    const { code, stdout, stderr } = await world.gantry(['workspace', 'sync', '--parallel']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: workspace sync: unknown option '--parallel'/);
  });

  test('3 when git refused', async ({ world }) => {
    await createWorkspace(world, { api: 'diverged', web: 'behind' });
    const { code, stdout } = await world.gantry(['workspace', 'sync']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^api +refused +api has diverged/m);
    expect(stdout).toMatch(/^web +done +1 commit/m);
  });

  test('4 where there is no workspace', async ({ world }) => {
    expect(await world.gantry(['workspace', 'status'])).toMatchObject({ code: 4 });
  });

  test('7 when the network failed', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    await workspace.repo('api').git('remote', 'set-url', 'origin', await deadRemote());
    const { code, json } = await world.gantry(['workspace', 'sync', '--json']);
    expect(code).toBe(7);
    expect(json()).toMatchObject({ error: { code: 'remote-unreachable', exitCode: 7 } });
  });

  test('8 when it is not allowed', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const { code, stderr } = await world.gantry(['workspace', 'trust']);
    expect(code).toBe(8);
    expect(stderr).toContain('Trust is given by people');
  });

  test('9 when the plan waits for a yes', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const { code, stdout } = await world.gantry(['repo', 'reset', 'api']);
    expect(code).toBe(9);
    expect(stdout).toMatch(/^plan [0-9a-f]{64}$/m);
  });
});
