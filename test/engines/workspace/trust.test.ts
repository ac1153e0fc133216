import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Question } from '#engines/core/question.ts';
import { requireTrust } from '#engines/workspace/consent.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { testContext } from '../../rig/context.ts';
import { createRemote } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createStage, outcomesOf, stepOf, writeText } from './stage.ts';

const COMMAND = 'echo set up > done.txt';

const workspaceWithSetup = async (world: World, command = COMMAND) => {
  const api = await createRemote(world, world.path('remotes', 'api.git'));
  await writeText(
    world.path('work', '.gantry', 'workspace.toml'),
    `[workspace]\nname = "w"\n\n[[repos]]\nname = "api"\nurl = "${api.dir}"\nsetup_cmd = '${command}'\n`,
  );
};

const wasSetUp = (world: World) => existsSync(world.path('work', 'api', 'done.txt'));

describe('commands that come with a workspace', () => {
  test('nobody trusted them: the repo is cloned, its setup refused with the next command', async ({
    world,
  }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world);

    const receipt = await stage.receipt('workspace.sync');
    expect(outcomesOf(receipt, 'api')[0]).toBe('done');
    expect(stepOf(receipt, 'api')).toMatchObject({
      status: 'refused',
      failure: {
        code: 'workspace-untrusted',
        exit: 'denied',
        next: ['gantry workspace trust', 'gantry workspace setup api'],
        details: { commands: [COMMAND] },
      },
    });
    expect(wasSetUp(world)).toBe(false);
    expect(await stage.data('workspace.status')).toMatchObject({ trusted: false });
  });

  test('a person trusts them: setups run from then on, headless too', async ({ world }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world);
    await stage.receipt('workspace.trust', {}, { actor: 'human' });

    expect((await stage.receipt('workspace.sync')).status).toBe('done');
    expect(await readFile(world.path('work', 'api', 'done.txt'), 'utf8')).toBe('set up\n');
  });

  test('a person is asked once, with every command, and a yes is kept', async ({ world }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world);
    const asked: Question[] = [];
    const answer = (question: Question) => {
      asked.push(question);
      return { kind: 'yes' } as const;
    };

    expect((await stage.receipt('workspace.sync', {}, { actor: 'human', answer })).status).toBe('done');
    expect(wasSetUp(world)).toBe(true);
    await stage.receipt('workspace.setup', {}, { actor: 'human', answer });
    expect(asked).toEqual([
      { kind: 'trust', workspace: world.path('work'), commands: [`api setup_cmd: ${COMMAND}`] },
    ]);
  });

  test('nobody is asked while it is planned, and whoever plans it, the plan is the same', async ({
    world,
  }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world);
    const asked: Question[] = [];
    const answer = (question: Question) => {
      asked.push(question);
      return { kind: 'yes' } as const;
    };
    const actors = ['human', 'script', 'agent'] as const;
    const plans = await Promise.all(
      actors.map((actor) => stage.plan('workspace.sync', {}, { actor, answer })),
    );

    expect(asked).toEqual([]);
    expect(new Set(plans.map(({ hash }) => hash)).size).toBe(1);
    expect(plans[0]?.described[0]?.calls.map(({ when, summary }) => `${when}: ${summary}`)).toEqual([
      `yes: trust the commands of ${world.path('work')}: api setup_cmd: ${COMMAND}`,
      'no: trust was not given',
      'unasked: nobody was there to be asked',
    ]);
    expect(await stage.data('workspace.status')).toMatchObject({ trusted: false });
  });

  test('a plan that is approved by its hash asks once', async ({ world }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world);
    const asked: string[] = [];
    const answer = ({ kind }: Question) => {
      asked.push(kind);
      return { kind: 'yes' } as const;
    };
    const { hash } = await stage.plan('workspace.sync', {}, { actor: 'human', answer });

    const approval = { plan: hash };
    const receipt = await stage.receipt('workspace.sync', {}, { actor: 'human', answer, approval });
    expect(receipt).toMatchObject({ status: 'done', plan: hash });
    expect(asked).toEqual(['trust']);
    expect(wasSetUp(world)).toBe(true);
  });

  test('a yes is taken back with the action that asked for it', async ({ world }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world);
    await stage.receipt('workspace.sync');
    const answer = () => ({ kind: 'yes' }) as const;
    const { activity } = await stage.receipt('workspace.setup', {}, { actor: 'human', answer });
    await stage.receipt('undo', { id: activity });
    expect(await stage.data('workspace.status')).toMatchObject({ trusted: false });
  });

  test('a person says no: nothing of it runs', async ({ world }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world);
    const answer = () => ({ kind: 'no' }) as const;
    await stage.receipt('workspace.sync', {}, { actor: 'human', answer });
    expect(wasSetUp(world)).toBe(false);
    expect(await stage.data('workspace.status')).toMatchObject({ trusted: false });
  });

  test.for(['agent', 'script', 'loop', 'schedule'] as const)(
    '%s can not give trust, nor is it asked',
    async (actor, { world }) => {
      const stage = createStage(world);
      await workspaceWithSetup(world);
      const answer = () => ({ kind: 'yes' }) as const;
      expect(await stage.failure('workspace.trust', {}, { actor, answer })).toMatchObject({
        code: 'trust-needs-person',
        exit: 'denied',
      });
      await stage.receipt('workspace.sync', {}, { actor, answer });
      expect(wasSetUp(world)).toBe(false);
    },
  );

  test('another command has to be trusted anew, another line of the manifest not', async ({ world }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world);
    await stage.receipt('workspace.trust', {}, { actor: 'human' });
    const file = world.path('work', '.gantry', 'workspace.toml');
    await writeText(file, `${await readFile(file, 'utf8')}\n[flow]\nmain_branch = "trunk"\n`);
    expect(await stage.data('workspace.status')).toMatchObject({ trusted: true });

    await writeText(file, (await readFile(file, 'utf8')).replace('[flow]', 'build_cmd = "make"\n\n[flow]'));
    expect(await stage.data('workspace.status')).toMatchObject({
      trusted: false,
      commands: ['api build_cmd: make', `api setup_cmd: ${COMMAND}`],
    });
  });

  test('hooks, which nothing runs, want no trust and stay as they are', async ({ world }) => {
    const stage = createStage(world);
    const file = world.path('work', '.gantry', 'workspace.toml');
    const hooks = '[hooks]\npost_sync = [ "make" ] # one day\n';
    await writeText(file, `[workspace]\nname = "w"\n\n${hooks}`);
    expect(await stage.data('workspace.status')).toMatchObject({ trusted: true, commands: [] });
    const { dir } = await createRemote(world, world.path('remotes', 'api.git'));
    await stage.receipt('workspace.add', { url: dir });
    expect(await readFile(file, 'utf8')).toContain(hooks);
  });

  test('trust is taken back by undo', async ({ world }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world);
    const { activity } = await stage.receipt('workspace.trust', {}, { actor: 'human' });
    await stage.receipt('undo', { id: activity });
    expect(await stage.data('workspace.status')).toMatchObject({ trusted: false });
  });

  test('a setup that fails leaves the clone and says how to run it again', async ({ world }) => {
    const stage = createStage(world);
    await workspaceWithSetup(world, 'echo broken >&2; exit 4');
    await stage.receipt('workspace.trust', {}, { actor: 'human' });
    const receipt = await stage.receipt('workspace.sync');
    expect(stepOf(receipt, 'api')).toMatchObject({
      status: 'failed',
      failure: {
        code: 'setup-failed',
        message: 'api: the setup ended with exit code 4: broken.',
        next: ['gantry workspace setup api'],
        details: { exitCode: 4, stderr: 'broken\n' },
      },
    });
    expect(existsSync(world.path('work', 'api', '.git'))).toBe(true);
  });

  test('what can not be done without trust is refused with the commands, and a person can give it', async ({
    world,
  }) => {
    await workspaceWithSetup(world);
    const inWorkspace = { workspace: world.path('work') };
    const script = testContext(world, inWorkspace);
    const workspace = await readWorkspace(script);
    const refused = { code: 'workspace-untrusted', exit: 'denied', details: { commands: ['make'] } };
    await expect(async () => requireTrust(script, workspace, ['make'])).rejects.toMatchObject({
      failure: refused,
    });

    const person = testContext(world, {
      ...inWorkspace,
      actor: { ...script.actor, kind: 'human' },
      ask: async () => ({ kind: 'yes' }),
    });
    expect(requireTrust(person, workspace, ['make'])).toMatchObject([
      {
        fact: 'workspace.consent',
        outcomes: { yes: { op: 'workspace.trust.set' }, no: { failure: refused } },
      },
    ]);
  });
});
