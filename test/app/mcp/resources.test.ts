import { describe, expect } from 'vitest';
import type { RowDelta } from '../../../src/engines/core/rows.ts';
import type { RepoStatus } from '../../../src/engines/git/types.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { type Connected, connect } from './client.ts';

const UPDATED = 'notifications/resources/updated';
const LIST_CHANGED = 'notifications/resources/list_changed';

const read = async ({ client }: Connected, uri: string) => {
  const [content] = (await client.readResource({ uri })).contents;
  return JSON.parse((content as { text: string }).text);
};

describe('resources', () => {
  test('are the workspace, its status, the activity and every repo', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', 'web site': 'dirty' });
    const agent = await connect(world);
    const { resources } = await agent.client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual([
      'gantry://workspace',
      'gantry://status',
      'gantry://activity',
      'gantry://repo/api',
      'gantry://repo/web%20site',
    ]);
    const { resourceTemplates } = await agent.client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual(['gantry://repo/{name}']);

    for (const { uri } of resources) expect(await read(agent, uri)).toMatchObject({ ok: true });
    expect(await read(agent, 'gantry://workspace')).toMatchObject({
      schemaVersion: 1,
      action: 'workspace.list',
      data: { repos: [{ name: 'api' }, { name: 'web site' }] },
    });
    expect(await read(agent, 'gantry://repo/web%20site')).toMatchObject({
      data: { repos: [{ name: 'web site', changed: 1 }] },
    });
  });

  test('that do not exist are refused by the protocol', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const { client } = await connect(world);
    for (const uri of ['gantry://nothing', 'file:///etc/passwd']) {
      await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32002 });
      await expect(client.subscribeResource({ uri })).rejects.toMatchObject({ code: -32002 });
    }
    const unknown = client.readResource({ uri: 'gantry://repo/apl' });
    await expect(unknown).rejects.toMatchObject({ code: -32002, message: expect.stringContaining('api') });
    await expect(client.listResources({ cursor: 'x' })).rejects.toMatchObject({ code: -32602 });
    await expect(client.listResourceTemplates({ cursor: 'x' })).rejects.toMatchObject({ code: -32602 });
  });

  test('say why they could not be read where there is no workspace', async ({ world }) => {
    const { client } = await connect(world);
    const reading = client.readResource({ uri: 'gantry://status' });
    await expect(reading).rejects.toMatchObject({
      code: -32603,
      data: { code: 'workspace-missing', next: ['workspace_adopt {}', 'demo {}'] },
    });
    expect((await client.listResources()).resources).toHaveLength(3);
  });
});

describe('a subscription', () => {
  test('tells when somebody has done something', async ({ world }) => {
    const agent = await connect(world);
    await agent.client.subscribeResource({ uri: 'gantry://activity' });
    expect(agent.notices).toEqual([]);
    await agent.call('config_set', { key: 'undo.keepDays', value: '14' });
    await agent.notice(UPDATED, { uri: 'gantry://activity' });
  });

  test('tells when a file is touched', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const agent = await connect(world);
    const untracked = async () => (await read(agent, 'gantry://repo/api')).data.repos[0].untracked;
    const uris = ['gantry://status', 'gantry://repo/api', 'gantry://workspace'];
    for (const uri of uris) await agent.client.subscribeResource({ uri });
    expect(await untracked()).toBe(0);

    await workspace.repo('api').write('touched.txt');
    await agent.notice(UPDATED, { uri: 'gantry://repo/api' });
    expect(await untracked()).toBe(1);
    await agent.notice(UPDATED, { uri: 'gantry://status' });
    expect(agent.notices.map(({ params }) => params?.uri)).not.toContain('gantry://workspace');
  });

  test('tells nothing of repos that nobody touched', async ({ world }) => {
    const names = ['api', 'docs', 'jobs', 'mail', 'pay', 'shop', 'web'];
    const states = Object.fromEntries(names.map((name) => [name, 'clean'] as const));
    const workspace = await createWorkspace(world, states);
    const agent = await connect(world);
    const uris = [...names.map((name) => `gantry://repo/${name}`), 'gantry://workspace', 'gantry://activity'];
    for (const uri of uris) await agent.client.subscribeResource({ uri });
    // Everything that is read of a repo after the rest.
    let page: { cursor?: string; events: RowDelta<RepoStatus>[] } = { events: [] };
    const commits = new Map<string, unknown>([['', null]]);
    while ([...commits.values()].includes(null)) {
      const { document } = await agent.call<typeof page>('repo_watch', {
        waitSeconds: 60,
        cursor: page.cursor,
      });
      page = document.data as typeof page;
      commits.delete('');
      for (const { name, lastCommit } of page.events.flatMap(({ set }) => set)) commits.set(name, lastCommit);
    }

    await workspace.repo('web').write('touched.txt');
    await agent.notice(UPDATED, { uri: 'gantry://repo/web' });
    expect((await read(agent, 'gantry://repo/web')).data.repos[0].untracked).toBe(1);
    expect(agent.notices).toEqual([]);
  });

  test('tells when a repo joins or leaves the workspace', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const agent = await connect(world);
    await agent.client.subscribeResource({ uri: 'gantry://workspace' });
    await agent.call('workspace_remove', { repo: 'web' });
    await agent.notice(UPDATED, { uri: 'gantry://workspace' });
    await agent.notice(LIST_CHANGED);
    const { resources } = await agent.client.listResources();
    expect(resources.map(({ uri }) => uri)).not.toContain('gantry://repo/web');
  });

  test('that was ended tells no more', async ({ world }) => {
    const agent = await connect(world);
    await agent.client.subscribeResource({ uri: 'gantry://activity' });
    await agent.client.unsubscribeResource({ uri: 'gantry://activity' });
    await agent.call('config_set', { key: 'undo.keepDays', value: '14' });
    await agent.client.ping();
    expect(agent.notices).toEqual([]);
  });
});
