import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';

describe('--json', () => {
  test('of a query is one document with its data', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'dirty' });
    const { code, stdout, stderr, json } = await world.gantry(['workspace', 'list', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(json()).toEqual({
      schemaVersion: 1,
      action: 'workspace.list',
      ok: true,
      data: { repos: [expect.objectContaining({ name: 'api' }), expect.objectContaining({ name: 'web' })] },
    });
  });

  test('of a command is one document with its data and its receipt; what happens meanwhile is NDJSON beside it', async ({
    world,
  }) => {
    await createWorkspace(world, { api: 'unfetched', web: 'ahead' });
    const { code, stdout, stderr, json } = await world.gantry(['workspace', 'sync', '--json']);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(json()).toMatchObject({
      schemaVersion: 1,
      action: 'workspace.sync',
      ok: true,
      data: {
        repos: [
          { repo: 'api', status: 'done', summary: '1 commit, 1 file' },
          { repo: 'web', status: 'skipped' },
        ],
      },
      receipt: { activity: '1', status: 'done', plan: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const told = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(told.filter(({ kind }) => kind === 'step')).toHaveLength(4);
  });

  test('of a plan has the plan and changes nothing', async ({ world }) => {
    await createWorkspace(world, { api: 'behind' });
    const { code, json } = await world.gantry(['workspace', 'sync', '--dry-run', '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ ok: true, plan: { action: 'workspace.sync', needsApproval: false } });
    expect(json()).not.toHaveProperty('receipt');
    const { data } = (await world.gantry(['activity', 'list', '--json'])).json();
    expect(data).toEqual({ activities: [] });
  });

  test('of a failure is the same document with the error, and nothing on stderr', async ({ world }) => {
    const { code, stderr, json } = await world.gantry(['workspace', 'list', '--json']);
    expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
    expect(json()).toEqual({
      schemaVersion: 1,
      action: 'workspace.list',
      ok: false,
      error: {
        code: 'workspace-missing',
        message: `There is no workspace at ${world.path('work')}.`,
        meaning: expect.any(String),
        next: ['gantry workspace adopt', 'gantry demo'],
        exitCode: 4,
      },
    });
  });

  test('of words that name nothing is the same document', async ({ world }) => {
    const { code, json } = await world.gantry(['workspace', 'lst', '--json']);
    expect(code).toBe(2);
    expect(json()).toMatchObject({ ok: false, error: { code: 'command-unknown', exitCode: 2 } });
  });

  test('of a stream is a document a line, as it happens', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const following = world.startGantry(['activity', 'follow', '--json', '--tail', '1']);
    await world.gantry(['workspace', 'sync']);
    await following.waitFor(/"event":"ended"/);
    const { code, ndjson } = await following.stop('SIGINT');
    expect(code).toBe(130);
    const events = ndjson<{ event: string; activity: { action: string } }>();
    expect(new Set(events.map(({ activity }) => activity.action))).toEqual(new Set(['workspace.sync']));
    expect(events.at(-1)).toMatchObject({ event: 'ended', activity: { status: 'done' } });
  });
});
