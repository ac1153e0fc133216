import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { connect } from './client.ts';

const REPOS = { data: { repos: [{ name: 'api' }] } };

describe('the workspace of a server', () => {
  test('is the one around the directory it was started in', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { call } = await connect(world, { cwd: workspace.path('api') });
    expect((await call('workspace_list')).document).toMatchObject(REPOS);
  });

  test('is the one that it is told', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' }, { dir: world.path('elsewhere') });
    const { call } = await connect(world, { args: ['--workspace', '../elsewhere'] });
    expect((await call('workspace_list')).document).toMatchObject(REPOS);
  });

  test('is found as soon as there is one', async ({ world }) => {
    const { call } = await connect(world);
    expect((await call('workspace_list')).document.error?.code).toBe('workspace-missing');
    await createWorkspace(world, { api: 'clean' });
    expect((await call('workspace_list')).document).toMatchObject(REPOS);
  });

  test('may have names from anywhere, which are data and never words of ours', async ({ world }) => {
    const name = 'evil\u001b[2J name';
    await createWorkspace(world, { api: 'clean' });
    const { call, client } = await connect(world);
    const { text } = await call('workspace_remove', { repo: name });
    expect(text).not.toContain('\u001b');
    const { tools } = await client.listTools();
    expect(JSON.stringify(tools)).not.toContain('evil');
  });
});
