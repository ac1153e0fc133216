import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { toolName } from '../../../src/app/mcp/tools/names.ts';
import { ACTIONS } from '../../../src/app/registry/actions.ts';
import { createWorld, type World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { type Connected, connect } from './client.ts';

// What only reads shares one server.
let shared: World;
let agent: Connected;

beforeAll(async () => {
  shared = await createWorld();
  agent = await connect(shared);
});

afterAll(() => shared[Symbol.asyncDispose]());

describe('the list of tools', () => {
  test('has every action, with schemas that are valid', async () => {
    const { tools } = agent;

    expect(tools.map(({ name }) => name)).toEqual(ACTIONS.map(({ id }) => toolName(id)));
    const ajv = new Ajv2020({ strict: true, strictTypes: false });
    const compiles = (schema: object) => ajv.validateSchema(schema) && Boolean(ajv.compile(schema));
    const broken = tools.filter(
      ({ inputSchema, outputSchema }) => !compiles(inputSchema) || !compiles(outputSchema as object),
    );
    expect(broken).toEqual([]);
  });

  test('gives examples that fit', async () => {
    const { tools } = agent;
    const ajv = new Ajv2020();
    const misfits = tools.flatMap(({ name, inputSchema }) => {
      const fits = ajv.compile(inputSchema);
      const examples = (inputSchema.examples ?? []) as object[];
      return examples.filter((example) => !fits(example)).map((example) => ({ name, example }));
    });
    expect(misfits).toEqual([]);
  });

  test('says what changes nothing, what may destroy and what reaches outside', async () => {
    const { tools } = agent;
    const hints = new Map(tools.map(({ name, annotations }) => [name, annotations]));
    expect(hints.get('activity_list')).toMatchObject({ readOnlyHint: true, destructiveHint: false });
    expect(hints.get('config_set')).toMatchObject({ readOnlyHint: false, destructiveHint: false });
    expect(hints.get('repo_reset')).toMatchObject({ destructiveHint: true, openWorldHint: false });
    expect(hints.get('repo_push')).toMatchObject({ destructiveHint: false, openWorldHint: true });
    expect(hints.get('workspace_exec')).toMatchObject({ destructiveHint: true, openWorldHint: true });
  });

  test('says which speak to other machines', async () => {
    const open = agent.tools.filter(({ annotations }) => annotations?.openWorldHint).map(({ name }) => name);
    const flow = open.filter((name) => /^flow_(feature|bugfix|release|hotfix|support)_/.test(name));
    const verbs = new Set(flow.map((name) => name.split('_').at(-1)));
    expect([...verbs].toSorted()).toEqual([
      ...['branch', 'delete', 'finish', 'publish', 'pull', 'start', 'track'],
    ]);
    expect(open.filter((name) => !flow.includes(name))).toEqual([
      ...['bundle_pull', 'bundle_status', 'done', 'feat', 'flow_sync'],
      ...['gate_health', 'gate_logs', 'gate_models_add', 'gate_models_list', 'gate_models_remove'],
      ...['gate_routes_list', 'gate_routes_remove', 'gate_routes_set', 'gate_status', 'gate_test'],
      ...['models_check', 'models_download', 'models_resume', 'models_retry'],
      ...['pipeline_run', 'process_health', 'repo_fetch'],
      ...['repo_pull', 'repo_push', 'resume'],
      ...['schedule_add', 'service_health'],
      ...['submodule_branch', 'submodule_reset', 'submodule_update', 'trigger_add'],
      ...[
        'worker_health',
        'worker_infer',
        'workspace_add',
        'workspace_exec',
        'workspace_init',
        'workspace_setup',
        'workspace_sync',
      ],
      ...['worktree_add', 'worktree_exec'],
    ]);
  });

  test('says which do more where they are called twice', async () => {
    const { tools } = agent;
    expect(tools.filter(({ annotations }) => !annotations?.idempotentHint).map(({ name }) => name)).toEqual([
      'daemon_restart',
      'demo',
      'pipeline_run',
      'process_run',
      'process_signal',
      'redo',
      'repo_reset',
      'repo_stash',
      'schedule_run',
      'service_reload',
      'service_restart',
      'service_rollback',
      'trigger_fire',
      'undo',
      'worker_restart',
      'workspace_exec',
      'workspace_setup',
      'worktree_exec',
    ]);
  });

  test('refuses a cursor that it never gave', async () => {
    await expect(agent.client.listTools({ cursor: 'x' })).rejects.toMatchObject({ code: -32602 });
  });

  test('can be narrowed by names and globs', async ({ world }) => {
    const { client, tools } = await connect(world, { args: ['--tools', 'activity_*, config.get'] });
    expect(tools.map(({ name }) => name)).toEqual([
      'activity_follow',
      'activity_list',
      'activity_show',
      'activity_watch',
      'config_get',
    ]);
    await expect(client.callTool({ name: 'undo' })).rejects.toMatchObject({ code: -32602 });
  });

  test('has nothing that changes anything where that is asked for', async ({ world }) => {
    const { client, tools } = await connect(world, { args: ['--read-only'] });
    expect(tools.length).toBeGreaterThan(0);
    expect(tools.filter(({ annotations }) => !annotations?.readOnlyHint)).toEqual([]);
    await expect(client.callTool({ name: 'config_set' })).rejects.toMatchObject({ code: -32602 });
  });
});

describe('every tool', () => {
  test('answers its examples in the form that it published', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty', web: 'behind', site: 'submodule' });
    const { call } = await connect(world);
    await call('config_set', { key: 'undo.keepDays', value: '14' });
    for (const { id, kind, examples, input } of ACTIONS) {
      const inputs = examples.map((example) => example.input);
      // Rows are told at once; of the other streams nobody knows whether they have anything to tell.
      if (kind === 'stream' && !input.required) inputs.push({ waitSeconds: id.endsWith('.watch') ? 60 : 0 });
      for (const given of inputs) {
        const answer = await call(toolName(id), kind === 'command' ? { ...given, dryRun: true } : given);
        expect(answer.document).toMatchObject({ schemaVersion: 1, action: id, ok: !answer.isError });
      }
    }
  });
});

describe('a query', () => {
  test('answers with the document of every surface', async () => {
    const { isError, document, text } = await agent.call('activity_list', { limit: 5 });
    expect(isError).toBe(false);
    expect(document).toEqual({
      schemaVersion: 1,
      action: 'activity.list',
      ok: true,
      data: { activities: [] },
    });
    expect(JSON.parse(text)).toEqual(document.data);
  });

  test('that fails says what happened, what it means and which tool to call next', async () => {
    const { isError, document, text } = await agent.call('activity_show', { id: '99' });
    expect(isError).toBe(true);
    expect(document).toMatchObject({
      ok: false,
      error: { code: 'activity-unknown', exitCode: 2, next: ['activity_list {}'] },
    });
    expect(text).toBe(
      [
        'error: There is no activity or plan 99.',
        'There is no activity or plan with that identifier on this machine.',
        'next: activity_list {}',
      ].join('\n'),
    );
  });

  test('with an argument that it does not know is an error of the tool', async () => {
    const { isError, document } = await agent.call('activity_list', { limits: 5 });
    expect(isError).toBe(true);
    expect(document.error).toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('did you mean "limit"?'),
      next: ['describe {"action":"activity.list"}'],
    });
  });

  test.for(['undo_list', 'activity_list'])('takes how many as a whole number: %s', async (name) => {
    const { document } = await agent.call(name, { limit: 1.5 });
    expect(document.error).toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('limit'),
    });
  });

  test('for a tool that does not exist is an error of the protocol', async () => {
    await expect(agent.client.callTool({ name: 'activity_lst' })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('did you mean activity_list?'),
    });
  });
});
