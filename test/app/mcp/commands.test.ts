import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { connect } from './client.ts';

interface Page {
  events: { event: string; activity: { status: string } }[];
  cursor: string;
}

const REMOVE = { repo: 'api', delete: true };

describe('a command', () => {
  test('with dryRun shows its plan and changes nothing', async ({ world }) => {
    const { call } = await connect(world);
    const input = { key: 'undo.keepDays', value: '14' };
    const { isError, document, text } = await call('config_set', { ...input, dryRun: true });
    expect(isError).toBe(false);
    expect(document).toMatchObject({
      ok: true,
      plan: { needsApproval: false, steps: [{ op: 'config.write' }] },
    });
    expect(document).not.toHaveProperty('receipt');
    expect(text).toContain('set undo.keepDays to 14');
    expect(text).toContain(`next: config_set ${JSON.stringify({ ...input, plan: document.plan?.hash })}`);

    expect((await call('activity_list')).document.data).toEqual({ activities: [] });
  });

  test('that only writes runs at once, by an agent, and can be taken back', async ({ world }) => {
    const { call } = await connect(world);
    const set = await call('config_set', { key: 'undo.keepDays', value: '14' });
    expect(set.document).toMatchObject({ ok: true, receipt: { status: 'done', activity: '1' } });
    expect(set.text).toContain('to take it back: undo {"id":"1"}');
    expect((await call('activity_show', { id: '1' })).document.data).toMatchObject({
      activity: { actor: { kind: 'agent', name: 'robot', surface: 'mcp' } },
    });

    const { document } = await call('undo', { id: '1' });
    expect(document.receipt?.status).toBe('done');
  });

  test('that fails is an error with its receipt', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const { callApproved } = await connect(world);
    const command = ['git', 'show', 'nothing'];
    const { isError, document, text } = await callApproved('workspace_exec', { command });
    expect(isError).toBe(true);
    expect(document).toMatchObject({
      ok: false,
      receipt: { status: 'failed' },
      error: { message: expect.any(String) },
    });
    expect(text).toContain('error: ');
  });

  test('tells its progress where that is asked for', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean', site: 'clean' });
    const { callApproved } = await connect(world);
    const told: { progress: number; total?: number; message?: string }[] = [];
    const { isError } = await callApproved(
      'workspace_exec',
      { command: ['git', 'status'] },
      { onprogress: (progress) => void told.push(progress) },
    );
    expect(isError).toBe(false);
    const figures = told.map(({ progress }) => progress);
    expect(figures.length).toBeGreaterThan(0);
    expect(figures).toEqual([...new Set(figures)].sort((a, b) => a - b));
    expect(told[0]).toMatchObject({ total: 3, message: expect.stringMatching(/^(api|web|site): /) });
  });

  test('stops when it is cancelled, and the activity says so', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const { call, callApproved } = await connect(world);
    const follow = async (given: object) =>
      (await call<Page>('activity_follow', { waitSeconds: 60, ...given })).document.data as Page;
    const { cursor } = await follow({ waitSeconds: 0 });
    const cancel = new AbortController();
    const running = callApproved('workspace_exec', { command: ['sleep', '600'] }, { signal: cancel.signal });
    const begun = await follow({ cursor, maxEvents: 1 });
    cancel.abort();
    await expect(running).rejects.toThrow(/abort/i);

    let page = begun;
    while (page.events[0]?.event !== 'ended') page = await follow({ cursor: page.cursor, maxEvents: 1 });
    expect(page.events[0]?.activity.status).toBe('cancelled');
    expect(world.processes().filter(({ argv }) => argv[0] === 'sleep')).toEqual([]);
  });
});

describe('a command that destroys', () => {
  test('is shown first, and applied by the hash of what was shown', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { call } = await connect(world);
    const shown = await call('workspace_remove', REMOVE);
    const hash = shown.document.plan?.hash;
    expect(shown.isError).toBe(true);
    expect(shown.document).toMatchObject({
      ok: false,
      plan: { needsApproval: true },
      error: {
        code: 'needs-approval',
        exitCode: 9,
        next: [`workspace_remove ${JSON.stringify({ ...REMOVE, plan: hash })}`],
      },
    });
    expect(shown.text).toContain('destructive');
    expect(existsSync(workspace.path('api'))).toBe(true);

    const applied = await call('workspace_remove', { ...REMOVE, plan: hash });
    expect(applied.document).toMatchObject({ ok: true, receipt: { status: 'done', plan: hash } });
    expect(existsSync(workspace.path('api'))).toBe(false);
  });

  test('is refused by a hash that nobody was shown', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { call } = await connect(world);
    const { isError, document } = await call('workspace_remove', { ...REMOVE, plan: 'f'.repeat(64) });
    expect(isError).toBe(true);
    expect(document.error).toMatchObject({
      code: 'plan-unseen',
      next: [`workspace_remove ${JSON.stringify({ ...REMOVE, dryRun: true })}`],
    });
    expect(existsSync(workspace.path('api'))).toBe(true);
  });

  test('is refused by the hash of another plan', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const { call } = await connect(world);
    const { plan } = (await call('workspace_remove', { ...REMOVE, repo: 'web', dryRun: true })).document;
    const { document } = await call('workspace_remove', { ...REMOVE, plan: plan?.hash });
    expect(document.error?.code).toBe('plan-moved');
    expect(existsSync(workspace.path('api'))).toBe(true);
  });

  test('is refused by a hash when the world has moved since', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { call } = await connect(world);
    const { plan } = (await call('workspace_remove', REMOVE)).document;
    await workspace.repo('api').commit('More work', { 'more.txt': 'more\n' });
    const { isError } = await call('workspace_remove', { ...REMOVE, plan: plan?.hash });
    expect(isError).toBe(true);
    expect(existsSync(workspace.path('api'))).toBe(true);
  });

  test('takes no other yes', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { call } = await connect(world);
    for (const yes of [
      { yes: true },
      { plan: '' },
      { plan: 'a' },
      { plan: true },
      { approval: { yes: true } },
    ]) {
      const { document } = await call('workspace_remove', { ...REMOVE, ...yes });
      expect(document.error?.code).toBe('input-invalid');
    }
    expect(existsSync(workspace.path('api'))).toBe(true);
  });
});

describe('what agents do most', () => {
  test('throws local work away only by hash, and brings it back', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty' });
    const { call } = await connect(world);
    const status = async () =>
      (await call<{ repos: { changed: number }[] }>('repo_status')).document.data?.repos[0]?.changed;
    const shown = await call('repo_reset', { repos: ['api'] });
    expect(shown.document.error?.code).toBe('needs-approval');
    expect(await status()).toBe(1);

    const reset = await call('repo_reset', { repos: ['api'], plan: shown.document.plan?.hash });
    expect(reset.document).toMatchObject({ ok: true, data: { repos: [{ status: 'done' }] } });
    expect(await status()).toBe(0);

    const undone = await call('undo', { id: reset.document.receipt?.activity });
    const brought = undone.isError
      ? await call('undo', { id: reset.document.receipt?.activity, plan: undone.document.plan?.hash })
      : undone;
    expect(brought.document.ok).toBe(true);
    expect(await workspace.repo('api').git('status', '--porcelain')).toBe(' M README.md');
  });

  test('sends commits out only by hash', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'ahead' });
    const { call } = await connect(world);
    const head = await workspace.repo('api').oid();
    const shown = await call('repo_push', { repos: ['api'] });
    expect(shown.text).toContain('outward');
    expect(await workspace.remote('api').oid('main')).not.toBe(head);

    const pushed = await call('repo_push', { repos: ['api'], plan: shown.document.plan?.hash });
    expect(pushed.document.ok).toBe(true);
    expect(await workspace.remote('api').oid('main')).toBe(head);
  });
});

describe('what is for people alone', () => {
  test.for([
    [
      'config_set',
      { key: 'editor', value: 'rm -rf /' },
      'setting-needs-person',
      'gantry config set editor <command>',
    ],
    ['config_unset', { key: 'editor' }, 'setting-needs-person', 'gantry config set editor <command>'],
    ['workspace_trust', {}, 'trust-needs-person', 'gantry workspace trust'],
  ] as const)(
    '%s of %j is denied, and next is what a person types',
    async ([name, given, code, line], { world }) => {
      await createWorkspace(world, { api: 'clean' });
      const { call } = await connect(world);
      const { isError, document } = await call(name, given);
      expect(isError).toBe(true);
      expect(document.error).toMatchObject({ code, exitCode: 8 });
      expect(document.error?.next?.[0]).toBe(line);
    },
  );
});
