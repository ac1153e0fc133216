import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { CallToolResult, TextResourceContents } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { createRemote } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { openGateway, spawnServer } from '../gate/house.ts';
import { linkTo } from './called.ts';

/** Starts `smctl serve --mcp --stdio` as an agent's program does, and closes it with the world. */
const connect = async (world: World, options: { env?: Record<string, string>; cwd?: string } = {}) => {
  const [command, link] = linkTo(world, 'smctl');
  const transport = new StdioClientTransport({
    command,
    args: [link, 'serve', '--mcp', '--stdio'],
    env: world.environment(options.env),
    cwd: options.cwd ?? world.path('work'),
    stderr: 'pipe',
  });
  const client = new Client({ name: 'robot', version: '1.0.0' });
  await client.connect(transport);
  world.defer(() => client.close());

  const call = async (name: string, given: Record<string, unknown> = {}) => {
    const result = (await client.callTool({ name, arguments: given })) as CallToolResult;
    const [content] = result.content;
    const text = content?.type === 'text' ? content.text : '';
    return { text, isError: result.isError === true, structured: result.structuredContent };
  };
  const data = async (name: string, given?: Record<string, unknown>) =>
    JSON.parse((await call(name, given)).text);
  const read = async (uri: string) => {
    const { contents } = await client.readResource({ uri });
    return contents[0] as TextResourceContents;
  };
  return { client, call, data, read };
};

const TOOLS = [
  'smctl_workspace_status',
  'smctl_workspace_init',
  'smctl_workspace_add',
  'smctl_workspace_remove',
  'smctl_workspace_sync',
  'smctl_worktree_add',
  'smctl_worktree_list',
  'smctl_worktree_remove',
  'smctl_flow_init',
  'smctl_flow_feature_start',
  'smctl_flow_feature_finish',
  'smctl_flow_release_start',
  'smctl_flow_release_finish',
  'smctl_flow_hotfix_start',
  'smctl_flow_hotfix_finish',
  'smctl_gate_status',
  'smctl_gate_models_list',
  'smctl_gate_models_add',
  'smctl_gate_test',
];

describe('smctl serve --mcp --stdio', () => {
  test('is called smctl and offers its tools under their names', async ({ world }) => {
    const { client } = await connect(world);
    expect(client.getServerVersion()).toMatchObject({ name: 'smctl', version: manifest.version });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(TOOLS);
    const start = tools.find(({ name }) => name === 'smctl_flow_feature_start');
    expect(start?.inputSchema).toMatchObject({
      required: ['name'],
      properties: { name: { type: 'string' }, repos: { type: 'array' } },
    });
    const remove = tools.find(({ name }) => name === 'smctl_worktree_remove');
    expect(remove?.annotations).toMatchObject({ destructiveHint: true, readOnlyHint: false });
  });

  test('makes a workspace, takes repos in and lets them go', async ({ world }) => {
    const { dir } = await createRemote(world, world.path('remotes', 'os.git'), { commits: 1 });
    const { data } = await connect(world);
    expect(await data('smctl_workspace_init', { name: 'SmallAIOS' })).toEqual({
      name: 'SmallAIOS',
      root: world.path('work'),
      manifest_path: world.path('work', '.smctl', 'workspace.toml'),
    });
    expect(await data('smctl_workspace_add', { url: dir })).toEqual({
      name: 'os',
      url: dir,
      path: null,
      repos: ['os'],
    });
    expect(await data('smctl_workspace_status')).toEqual({
      repos: [{ name: 'os', branch: 'main', clean: true, ahead: 0, behind: 0, modified_files: 0 }],
    });
    expect(await data('smctl_workspace_sync')).toEqual({ repos: [{ repo: 'os', status: 'synced' }] });
    expect(await data('smctl_workspace_remove', { repo: 'os' })).toEqual({ removed: 'os', repos: [] });
  });

  test('logs what it is called for, into the file that is named', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const { call } = await connect(world, { env: { SMCTL_LOG_FILE: 'mcp.log' } });
    await call('smctl_flow_init');
    await call('smctl_flow_feature_start', { name: 'login', dryRun: true });
    await call('smctl_worktree_remove', { name: 'nope' });
    const lines = readFileSync(world.path('work', 'mcp.log'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => line.slice(line.indexOf('SMCTL-')))).toEqual([
      'SMCTL-0099 [SMCTL@32473 command="flow init"] done',
      'SMCTL-0099 [SMCTL@32473 command="flow feature start" name="login"] planned',
      'SMCTL-0099 [SMCTL@32473 command="worktree remove" name="nope" code="set-unknown"] ' +
        "worktree set 'nope' does not exist",
    ]);
  });

  test('answers in pretty JSON, also where a repo can not be read', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const { call } = await connect(world);
    const { text, structured } = await call('smctl_workspace_status');
    expect(text.split('\n').slice(0, 3)).toEqual(['{', '  "repos": [', '    {']);
    expect(JSON.parse(text)).toEqual(structured);
  });

  test('works on the workspace of its environment, and on the one that a call names', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' }, { dir: world.path('one') });
    await createWorkspace(world, { web: 'clean' }, { dir: world.path('two') });
    const { data } = await connect(world, { env: { SMCTL_WORKSPACE: world.path('one') } });
    expect(await data('smctl_workspace_status')).toMatchObject({ repos: [{ name: 'api' }] });
    expect(await data('smctl_workspace_status', { workspace: world.path('two') })).toMatchObject({
      repos: [{ name: 'web' }],
    });
  });

  test('says in the result what went wrong, and what to do about it', async ({ world }) => {
    const { call } = await connect(world);
    const { isError, text, structured } = await call('smctl_workspace_status');
    expect(isError).toBe(true);
    expect(text).toContain('error: no workspace found');
    expect(structured).toMatchObject({
      error: 'workspace-missing',
      next: ['smctl workspace init', expect.any(String)],
    });
    expect(await call('smctl_worktree_remove')).toMatchObject({ isError: true });
    await expect(call('smctl_nothing')).rejects.toThrow('There is no tool smctl_nothing.');
  });

  test('starts a feature in every repo and finishes it', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    const { data } = await connect(world);
    expect(await data('smctl_flow_init')).toMatchObject({ operation: 'flow init', branch_name: 'develop' });
    expect(await data('smctl_flow_feature_start', { name: 'login', repos: ['api'] })).toEqual({
      operation: 'feature start',
      branch_name: 'feature/login',
      repos: [{ repo_name: 'api', success: true, message: expect.any(String) }],
    });
    await workspace.repo('api').commit('Login', { 'login.txt': 'login\n' });
    expect(await data('smctl_flow_feature_finish', { name: 'login' })).toMatchObject({
      operation: 'feature finish',
      repos: expect.arrayContaining([expect.objectContaining({ repo_name: 'api', success: true })]),
    });
    expect(await workspace.repo('api').git('log', '-1', '--format=%s', 'develop')).toContain('feature/login');
  });

  test('shows the plan before it destroys anything, and applies exactly that', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { call, data } = await connect(world);
    await data('smctl_flow_init');
    expect(await data('smctl_worktree_add', { name: 'trial' })).toEqual({
      name: 'trial',
      worktrees: [
        {
          repo_name: 'api',
          branch: 'feature/trial',
          path: workspace.path('.worktrees', 'trial', 'api'),
          exists: true,
        },
      ],
    });
    expect(await data('smctl_worktree_list')).toMatchObject({ sets: [{ name: 'trial' }] });

    const shown = await call('smctl_worktree_remove', { name: 'trial', dryRun: true });
    expect(shown.isError).toBe(false);
    expect(existsSync(workspace.path('.worktrees', 'trial', 'api'))).toBe(true);
    const { plan } = shown.structured as { plan: string };
    expect(await data('smctl_worktree_remove', { name: 'trial', plan })).toEqual({
      removed: 'trial',
      force: false,
    });
    expect(existsSync(workspace.path('.worktrees', 'trial', 'api'))).toBe(false);
  });

  test('has the workspace as documents', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { client, data, read } = await connect(world);
    const { resources } = await client.listResources();
    expect(resources.map(({ uri, mimeType }) => [uri, mimeType])).toEqual([
      ['smctl://workspace/config', 'application/toml'],
      ['smctl://workspace/status', 'application/json'],
      ['smctl://flow/branches', 'application/json'],
      ['smctl://worktree/list', 'application/json'],
    ]);
    const config = await read('smctl://workspace/config');
    expect(config.mimeType).toBe('application/toml');
    expect(config.text).toBe(readFileSync(workspace.path('.gantry', 'workspace.toml'), 'utf8'));
    expect(JSON.parse((await read('smctl://workspace/status')).text)).toEqual(
      await data('smctl_workspace_status'),
    );

    await data('smctl_flow_init');
    await data('smctl_flow_feature_start', { name: 'login' });
    expect(JSON.parse((await read('smctl://flow/branches')).text)).toEqual({
      features: [{ repo_name: 'api', branch: 'feature/login', branch_type: 'Feature' }],
      releases: [],
      hotfixes: [],
    });
    expect(JSON.parse((await read('smctl://worktree/list')).text)).toEqual({ sets: [] });
    await expect(read('smctl://spec/list')).rejects.toThrow('There is no such resource.');
  });

  test('tells who subscribed when a document changes', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    const { client } = await connect(world);
    const changed: unknown[] = [];
    client.fallbackNotificationHandler = async ({ params }) => void changed.push(params);
    await client.subscribeResource({ uri: 'smctl://workspace/status' });
    await workspace.repo('api').write('notes.txt');
    await until(() => changed.length > 0, { what: 'the notice of a change' });
    expect(changed[0]).toMatchObject({ uri: 'smctl://workspace/status' });
  });
});

describe('the tools of the gate', () => {
  test('speak to the gateway that the environment names', async ({ world }) => {
    const url = await openGateway(world, 'llama-server');
    await spawnServer(world, 'one');
    await writeFile(world.path('work', 'phi3.gguf'), 'GGUF');
    await writeFile(world.path('work', 'question.json'), '{"prompt":"hello"}');
    const { data, call } = await connect(world, { env: { MODELGATE_URL: url } });
    expect(await data('smctl_gate_status')).toMatchObject({ status: 'healthy', model_count: 1 });
    expect(await data('smctl_gate_models_add', { path: 'phi3.gguf' })).toMatchObject({ name: 'phi3' });
    expect(await data('smctl_gate_models_list')).toMatchObject({
      models: [{ name: 'phi3' }, { name: 'tinyllama' }],
    });
    expect(await data('smctl_gate_test', { model: 'one', input: 'question.json' })).toMatchObject({
      output: 'You said: hello',
    });
    const missing = await call('smctl_gate_test', { model: 'nobody', input: 'question.json' });
    expect(missing).toMatchObject({
      isError: true,
      text: expect.stringContaining('model not found: nobody'),
    });
  });
});
