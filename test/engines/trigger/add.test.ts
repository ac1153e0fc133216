import { mkdir } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { ACTIONS } from '#app/registry/actions.ts';
import { findAction } from '#app/registry/find.ts';
import { failureOf } from '#engines/core/errors.ts';
import { planAdd } from '#engines/trigger/add.ts';
import { artifactText, documentOne, strictArtifact, writeArtifact } from '../../rig/artifacts.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

type Input = Parameters<typeof planAdd>[0];

const planned = (world: World, given: Partial<Input>) => {
  const context = testContext(world, {
    registry: { ...testContext(world).registry, cards: ACTIONS, find: findAction },
  });
  const usual = { signed: false, path: [], process: [], phase: [], rate: 30, force: false };
  return planAdd({ on: 'webhook', command: 'true', ...usual, ...given }, context);
};

/** What the one step of a plan adds. */
const added = async (world: World, given: Partial<Input>) => {
  const { steps } = await planned(world, given);
  const [step] = steps as unknown as [{ args: { definition: { occasion: object; overlap: string } } }];
  return step.args.definition;
};

const refusal = (plan: Promise<unknown>) =>
  plan.then(
    () => 'planned',
    (thrown) => failureOf(thrown).code,
  );

describe('given what a trigger is to wait for', () => {
  test('when it is files, then patterns are absolute, and its runs leave out what they change', async ({
    world,
  }) => {
    expect(await added(world, { on: 'file', path: ['*.ts', '/etc/hosts'], settle: '2s' })).toMatchObject({
      occasion: { patterns: [world.path('work', '*.ts'), '/etc/hosts'], settle: 2_000 },
      overlap: 'skip',
    });
  });

  test('when it is a ref, then a branch goes before a tag, and a pattern is one of branches', async ({
    world,
  }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    await repo.commit('One', { a: '1' });
    await repo.git('tag', 'main');
    await repo.git('tag', 'v1');
    const refOf = async (ref: string) => (await added(world, { on: 'git', repo: 'api', ref })).occasion;
    expect(await refOf('main')).toMatchObject({ ref: 'refs/heads/main', repo: repo.dir });
    expect(await refOf('v1')).toMatchObject({ ref: 'refs/tags/v1' });
    expect(await refOf('release/*')).toMatchObject({ ref: 'refs/heads/release/*' });
    expect(await refOf('refs/heads/to-come')).toMatchObject({ ref: 'refs/heads/to-come' });
    expect(await refusal(planned(world, { on: 'git', repo: 'api', ref: 'mian' }))).toBe('trigger-ref');
  });

  test('when it is processes, then those states are meant that nobody wishes for', async ({ world }) => {
    expect(await added(world, { on: 'process' })).toMatchObject({
      occasion: { names: [], phases: ['exited', 'crash-loop', 'unhealthy'] },
      overlap: 'queue',
    });
  });

  test('when it is tasks, then the artifact is exposed as it is now', async ({ world }) => {
    const artifact = documentOne({ execution: { bindings: { a2a: {} } } });
    await writeArtifact(world.path('work', 'report.jos'), artifact);
    const { createHash } = await import('node:crypto');
    const sha256 = createHash('sha256').update(artifactText(artifact)).digest('hex');
    const definition = await added(world, { on: 'a2a', command: undefined, artifact: 'report' });
    expect(definition.occasion).toMatchObject({ artifact: { name: 'Hello there', sha256, flow: 'main' } });
    await writeArtifact(world.path('work', 'plain.jos'), strictArtifact());
    const plain = planned(world, { on: 'a2a', command: undefined, artifact: 'plain.jos' });
    expect(await refusal(plain)).toBe('trigger-undeclared');
  });

  test.for([
    [{ on: 'webhook', path: ['a'] }, 'trigger-option'],
    [{ on: 'file', path: ['a'], signed: true }, 'trigger-option'],
    [{ on: 'process', ref: 'main' }, 'trigger-option'],
    [{ on: 'a2a' }, 'trigger-option'],
    [{ on: 'file', path: ['a'], settle: 'soon' }, 'trigger-option'],
    [{ on: 'file' }, 'trigger-path'],
    [{ on: 'file', path: ['missing/**'] }, 'trigger-path'],
    [{ on: 'git' }, 'trigger-repo'],
    [{ on: 'git', repo: 'missing' }, 'trigger-repo'],
    [{ on: 'webhook', command: undefined }, 'job-nothing'],
    [{ on: 'webhook', command: undefined, action: 'repo.fetsch' }, 'job-action'],
  ] as const)('when it is %j, then it is refused as %s', async ([given, code], { world }) => {
    expect(await refusal(planned(world, given as never))).toBe(code);
  });

  test('when it would take more watches than a machine has to spare, then it is refused', async ({
    world,
  }) => {
    const names = Array.from({ length: 1_001 }, (_, at) => world.path('work', 'many', String(at)));
    for (const name of names) await mkdir(name, { recursive: true });
    expect(await refusal(planned(world, { on: 'file', path: ['many'] }))).toBe('trigger-too-much');
    expect(await refusal(planned(world, { on: 'file', path: ['many/*.ts'] }))).toBe('planned');
  });
});
