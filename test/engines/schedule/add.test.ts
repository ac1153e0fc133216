import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { planAdd } from '#engines/schedule/add.ts';
import { test } from '../../rig/test.ts';
import { openStage, type Stage } from './stage.ts';

type Input = Parameters<typeof planAdd>[0];

const planned = ({ context }: Stage, given: Partial<Input>) =>
  planAdd({ cron: '@daily', overlap: 'skip', catchUp: 'one', force: false, ...given }, context);

const refusal = (plan: Promise<unknown>) =>
  plan.then(
    () => 'planned',
    (thrown) => failureOf(thrown).code,
  );

describe('given what is to be scheduled', () => {
  test('when it is a command, then nobody can take back what it will do, and an agent has to show its plan', async ({
    world,
  }) => {
    const { steps } = await planned(openStage(world), { command: './backup.sh --all' });
    expect(steps).toMatchObject([
      {
        id: 'backup.sh/1',
        effect: 'write',
        irreversible: true,
        target: { kind: 'schedule', name: 'backup.sh' },
      },
    ]);
  });

  test('when it is an action that may destroy, then adding it asks as that would', async ({ world }) => {
    const { steps } = await planned(openStage(world), { action: 'repo.reset', input: '{"repos":["api"]}' });
    expect(steps).toMatchObject([{ effect: 'destructive', irreversible: true }]);
  });

  test('when it is an action that destroys nothing, then it asks nobody', async ({ world }) => {
    const { steps } = await planned(openStage(world), { action: 'repo.fetch' });
    expect(steps).toMatchObject([{ effect: 'write' }]);
    expect(steps[0]).not.toHaveProperty('irreversible');
  });

  test.for([
    [{}, 'job-nothing'],
    [{ command: 'true', action: 'repo.fetch' }, 'job-nothing'],
    [{ command: 'true', flow: 'main' }, 'job-nothing'],
    [{ action: 'repo.status' }, 'job-action'],
    [{ action: 'repo.fetsch' }, 'job-action'],
    [{ action: 'repo.fetch', input: '{"repos":' }, 'job-input'],
    [{ action: 'repo.fetch', input: '[]' }, 'job-input'],
    [{ action: 'repo.fetch', input: '{"repos":"api"}' }, 'job-input'],
    [{ action: 'repo.fetch', input: '{"repo":["api"]}' }, 'job-input'],
    [{ command: 'true', cron: '* * * * 9' }, 'schedule-cron'],
    [{ command: 'true', cron: '0 0 30 2 *' }, 'schedule-never'],
    [{ command: 'true', zone: 'Nowhere' }, 'schedule-zone'],
    [{ artifact: 'missing.jos' }, 'artifact-missing'],
  ] as const)('when it is %j, then it is refused as %s', async ([given, code], { world }) => {
    expect(await refusal(planned(openStage(world), given))).toBe(code);
  });

  test('when it works in a workspace and there is none, then it is refused', async ({ world }) => {
    const stage = openStage(world);
    const plan = planned(
      { ...stage, context: { ...stage.context, workspace: undefined } },
      { action: 'repo.fetch' },
    );
    expect(await refusal(plan)).toBe('job-workspace');
  });

  test('when the same is on record, then there is nothing to do', async ({ world }) => {
    const stage = openStage(world);
    const { cwd, env, workspace } = stage.context;
    stage.add({
      ...{ cron: '@daily', zone: null, call: { kind: 'command', line: 'true' }, cwd },
      ...{ workspace: workspace ?? null, env: { PATH: env.PATH as string } },
    });
    const { steps, settled } = await planned(stage, { name: 'tick', command: 'true' });
    expect({ steps, settled }).toMatchObject({ steps: [], settled: [{ reason: 'is on record' }] });
  });
});
