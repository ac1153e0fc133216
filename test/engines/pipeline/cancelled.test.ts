import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { pipeline, plainEvents, runIds, sh, somebodyIn, statuses } from './stage.ts';

/** Cancels as soon as a step has written this. */
const cancelAt = (text: string) => {
  const stop = new AbortController();
  const heard = (line: string) => {
    if (line === text) stop.abort();
  };
  return { signal: stop.signal, heard };
};

describe('a run that is cancelled', () => {
  test('ends what runs with all that it has started, and begins nothing more', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(world, 'hello.jos', {
      long: sh('sleep 1000 & echo ready; sleep 1000'),
      after: sh('touch never'),
    });
    const { receipt } = await run('hello', cancelAt('ready'));
    expect(receipt.status).toBe('cancelled');
    expect(statuses(receipt)).toEqual(['cancelled', 'cancelled']);
    expect(world.processes()).toEqual([]);
    expect(plainEvents(world, runIds(world)[0] as string).slice(-2)).toEqual([
      { type: 'run:step_failed', step: 'long', index: 1, error: 'cancelled' },
      { type: 'run:run_failed', lastStep: 'long' },
    ]);
  });

  test('gives what runs the time to end by itself', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(world, 'hello.jos', {
      long: sh(`trap 'sleep 0.3; echo tidied > tidied; exit' TERM; echo ready; while :; do sleep 0.1; done`),
    });
    await run('hello', cancelAt('ready'));
    expect(readFileSync(world.path('work', 'tidied'), 'utf8')).toBe('tidied\n');
  });

  test('kills what does not want to end', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(world, 'hello.jos', {
      stubborn: sh(`trap '' TERM; echo ready; while :; do sleep 1; done`),
    });
    expect((await run('hello', cancelAt('ready'))).receipt.status).toBe('cancelled');
    expect(world.processes()).toEqual([]);
  });

  test('is not tried again', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(
      world,
      'hello.jos',
      { long: sh('echo x >> tries; echo ready; sleep 1000') },
      {
        more: { guardrails: { avoid: [], max_retries: 3 }, x_run_params: { a: 1 } },
      },
    );
    await run('hello', cancelAt('ready'));
    expect(readFileSync(world.path('work', 'tries'), 'utf8')).toBe('x\n');
  });
});

describe('a step that puts something into the background', () => {
  test('ends when its own command does', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(world, 'hello.jos', {
      start: sh('sleep 1000 & echo $! > pid'),
      stop: sh('kill $(cat pid)'),
    });
    expect((await run('hello')).receipt.status).toBe('done');
  });
});
