import { truncate, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { findOperation } from '#app/registry/find.ts';
import type { OperationStep } from '#engines/core/plan.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { pipeline, runIds, runsDirectory, sh, somebodyIn } from './stage.ts';

type Somebody = ReturnType<typeof somebodyIn>;

/** Runs one step and asks afterwards whether it happened, as is asked after a crash between step and receipt. */
const asked = async (world: World, command: string, manner: Parameters<Somebody['run']>[1] = {}) => {
  const { run, plan } = somebodyIn(world);
  await pipeline(world, 'hello.jos', { one: sh(command) });
  const [step] = (await plan('hello')).steps as [OperationStep];
  const { receipt } = await run('hello', manner);
  const check = await (await findOperation(step.op)).check();
  const application = { args: step.args, target: step.target, activity: receipt.activity, step: step.id };
  return { check: () => check(application, testContext(world)), run: runIds(world)[0] as string };
};

test('a step whose witness has an end has happened', async ({ world }) => {
  const { check } = await asked(world, 'true');
  expect(await check()).toMatchObject({ summary: 'one: came to its end before' });
});

test('a step that failed, as its witness has it, fails', async ({ world }) => {
  const { check } = await asked(world, 'exit 3');
  await expect(check()).rejects.toMatchObject({
    failure: { code: 'step-failed', message: 'one: exit code 3.' },
  });
});

test('of a step without a witness, or without an end there, nobody can tell', async ({ world }) => {
  const { check, run } = await asked(world, 'true');
  const events = `${runsDirectory(world)}/${run}/events.jsonl`;
  await writeFile(
    events,
    '{"type":"run:start"}\n{"type":"run:step_start","step":"one","index":1}\n{"type":"run:step_comp',
  );
  expect(await check()).toBe('unknown');
  await truncate(events);
  expect(await check()).toBe('unknown');
});

test('of a step that somebody ended nobody can tell how far it came', async ({ world }) => {
  const stop = new AbortController();
  const { check } = await asked(world, 'echo ready; sleep 1000', {
    signal: stop.signal,
    heard: (line) => line === 'ready' && stop.abort(),
  });
  expect(await check()).toBe('unknown');
});
