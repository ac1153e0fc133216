import { chmodSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { Context } from '#engines/core/context.ts';
import type { Application } from '#engines/core/operation.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { type Draft, isChoice, isRest, type OperationStep } from '#engines/core/plan.ts';
import { readInstance } from '#engines/daemon/instance.ts';
import { daemonStart, daemonStop } from '#engines/daemon/operations.ts';
import { planStart, readServing } from '#engines/daemon/plan-start.ts';
import { planStop } from '#engines/daemon/plan-stop.ts';
import { DAEMON } from '#engines/daemon/target.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { caller, launch, reach, statusOf } from './client.ts';

/** What an action's context is here: the fixture stands in for the program. */
function contextIn(world: World) {
  const { command, args } = launch();
  const program = world.path('program');
  writeFileSync(program, `#!/bin/sh\nexec '${command}' '${args[0]}' "$@"\n`);
  chmodSync(program, 0o755);
  const paths = pathsFrom(world.env);
  const env = { ...world.env, GANTRY_PROGRAM: program, FIXTURE_VERSION: '1.0.0' };
  const { use } = testContext(world);
  const context: Partial<Context> = { ...caller(world), env, paths, now: Date.now, use };
  return context as Context;
}

const only = ({ steps }: { steps: unknown[] }) => {
  expect(steps).toHaveLength(1);
  const [step] = steps as OperationStep[];
  if (!step || isChoice(step)) throw new Error('Expected one operation.');
  return step;
};

/** What a start does where the daemon is so. */
const starting = ({ steps }: Draft, serving: string): OperationStep => {
  const [step] = steps;
  if (!step || !isChoice(step)) throw new Error('Expected one choice.');
  const outcome = step.outcomes[serving];
  if (!outcome || isRest(outcome)) throw new Error(`Expected that something is done where it is ${serving}.`);
  return { ...step, ...outcome };
};

const application = <A>(step: OperationStep): Application<A> => ({
  args: step.args as A,
  target: step.target,
  activity: '1',
  step: step.id,
});

describe('given no daemon', () => {
  test('when it is started, then it runs, and its inverse stops that very one', async ({ world }) => {
    const context = contextIn(world);
    const step = starting(await planStart({}, context), await readServing({}, DAEMON, context));

    const applied = await (await daemonStart.apply())(application(step), context);

    const { instance, pid } = await statusOf(world);
    expect(applied).toMatchObject({
      summary: `pid ${pid}`,
      leaves: [{ fact: 'daemon.instance', is: instance }],
    });
    expect(daemonStart.invert?.({}, applied.result)).toMatchObject([
      { op: 'daemon.stop', args: { instance, force: false } },
    ]);
    expect(await (await daemonStart.check())(application(step), context)).toEqual(applied);
  });

  test('when it is stopped, then there is nothing to do', async ({ world }) => {
    expect(await planStop({ force: false, withProcesses: false }, contextIn(world))).toEqual({
      workspace: null,
      steps: [],
      settled: [{ target: DAEMON, reason: 'no daemon runs' }],
    });
  });
});

describe('given a daemon', () => {
  test('when it is started, then there is nothing to do', async ({ world }) => {
    const { pid } = await reach(world);

    expect(await readServing({}, DAEMON, contextIn(world))).toBe('current');
    expect(await planStart({}, contextIn(world))).toEqual({
      workspace: null,
      steps: [],
      settled: [{ target: DAEMON, reason: `runs already, version 1.0.0, pid ${pid}` }],
    });
  });

  test('when it is older and another one is started, then that one takes its place', async ({ world }) => {
    world.env.FIXTURE_VERSION = '0.0.1';
    const old = await reach(world, { version: '0.0.1' });
    const context = contextIn(world);
    const step = starting(await planStart({}, context), await readServing({}, DAEMON, context));

    await (await daemonStart.apply())(application(step), context);

    const status = await statusOf(world);
    expect(status).toMatchObject({ version: '1.0.0' });
    expect(status.pid).not.toBe(old.pid);
  });

  test('when it is stopped, then it is gone, and its inverse starts one', async ({ world }) => {
    const host = await reach(world);
    await host.close();
    const context = contextIn(world);
    const step = only(await planStop({ force: false, withProcesses: false }, context));
    const instance = (await statusOf(world)).instance;
    expect(step).toMatchObject({ op: 'daemon.stop', args: { instance }, expects: [{ is: instance }] });
    const stop = application<{ instance: string | null; force: boolean }>(step);
    expect(await (await daemonStop.check())(stop, context)).toBeUndefined();

    expect(await (await daemonStop.apply())(stop, context)).toMatchObject({ summary: 'stopped' });

    expect(await readInstance({}, DAEMON, context)).toBe('none');
    expect(await (await daemonStop.check())(stop, context)).toMatchObject({ summary: 'stopped' });
    expect(daemonStop.invert?.(stop.args, undefined)).toMatchObject([{ op: 'daemon.start' }]);
  });

  test('when it hangs and is stopped by force, then it is killed', { timeout: 30_000 }, async ({ world }) => {
    const { pid, closed } = await reach(world);
    const context = contextIn(world);
    const step = only(await planStop({ force: true, withProcesses: false }, context));
    signalTo(pid, 'SIGSTOP');

    const applied = await (await daemonStop.apply())(application(step), context);

    expect(applied.summary).toBe('killed: it did not answer');
    await closed;
    expect(await statusOf(world)).toMatchObject({ running: false });
  });
});
