import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { RunDetail, RunRow } from '#engines/pipeline/rows.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { jos, pipeline, runIds, runsDirectory, sh, somebodyIn } from './stage.ts';

/** A witness as another program of the format leaves it. */
const elsewhere = async (world: World, id: string, events: object[]) => {
  await mkdir(`${runsDirectory(world)}/${id}`, { recursive: true });
  const lines = events.map((event) => JSON.stringify({ timestamp: '2026-01-02T03:04:05.678Z', ...event }));
  await writeFile(`${runsDirectory(world)}/${id}/events.jsonl`, `${lines.join('\n')}\n`);
};

const listed = (read: ReturnType<typeof somebodyIn>['read'], input: object = {}) =>
  read<{ runs: RunRow[] }>('pipeline.list', input).then(({ runs }) => runs);

describe('the list of runs', () => {
  test('has each run with what came of it, newest first', async ({ world }) => {
    const { run, read } = somebodyIn(world);
    await pipeline(world, 'inner.jos', { one: sh('true') });
    await pipeline(world, 'good.jos', { first: sh('true'), inner: jos('inner') });
    await pipeline(world, 'bad.jos', { first: sh('true'), second: sh('false') });
    await run('good');
    await run('bad');
    expect(await listed(read)).toMatchObject([
      { name: 'bad', flow: 'main', outcome: 'failed', steps: 1, last: 'second', activity: '2' },
      { name: 'inner', outcome: 'succeeded', steps: 1, last: 'one', activity: '1' },
      { name: 'good', outcome: 'succeeded', steps: 2, last: 'inner', activity: '1' },
    ]);
    expect(await listed(read, { limit: 1 })).toHaveLength(1);
  });

  test('is empty where nothing was run', async ({ world }) => {
    expect(await listed(somebodyIn(world).read)).toEqual([]);
  });

  test('has those of other programs of the format, as far as they go', async ({ world }) => {
    const { read } = somebodyIn(world);
    const start = { type: 'run:start', artifact: '/atoms/hello.jos', dryRun: false };
    await elsewhere(world, '2026-01-02T03-04-05-001Z', [
      start,
      { type: 'shell', step: 'a', index: 1 },
      { type: 'run:step_complete', step: 'a', success: true },
      { type: 'run:success', dryRun: false, stepsExecuted: 1 },
    ]);
    await elsewhere(world, '2026-01-02T03-04-05-002Z', [{ ...start, dryRun: true }, { type: 'run:success' }]);
    await elsewhere(world, '2026-01-02T03-04-05-003Z', [
      start,
      { type: 'run:integrity_failed', error: 'no' },
    ]);
    await elsewhere(world, '2026-01-02T03-04-05-004Z', [start]);
    await elsewhere(world, '2026-01-02T03-04-05-005Z', [{ type: 'validate:start' }]);
    await appendFile(`${runsDirectory(world)}/2026-01-02T03-04-05-004Z/events.jsonl`, '{"type": "run:st');
    expect((await listed(read)).map(({ name, outcome, steps }) => [name, outcome, steps])).toEqual([
      ['hello', 'unfinished', 0],
      ['hello', 'failed', 0],
      ['hello', 'shown', 0],
      ['hello', 'succeeded', 1],
    ]);
  });
});

describe('a run that is shown', () => {
  test('has its events and the files that its steps wrote', async ({ world }) => {
    const { run, read } = somebodyIn(world);
    await pipeline(world, 'hello.jos', { say: sh('echo hello'), fail: sh('exit 1') });
    const { data } = await run('hello');
    const shown = await read<RunDetail>('pipeline.show', { run: data.run });
    expect(shown.run).toMatchObject({ id: data.run, outcome: 'failed' });
    expect(shown.events.map(({ type, step, said }) => [type, step, said])).toEqual([
      ['run:start', null, world.path('work', 'hello.jos')],
      ['run:step_start', 'say', 'shell'],
      ['run:step_complete', 'say', null],
      ['run:step_start', 'fail', 'shell'],
      ['run:step_failed', 'fail', 'fail: exit code 1.'],
      ['run:run_failed', 'fail', null],
    ]);
    expect(shown.output).toEqual([
      { step: '1-say', file: `${runsDirectory(world)}/${data.run}/1-say.log`, size: 6 },
      { step: '2-fail', file: `${runsDirectory(world)}/${data.run}/2-fail.log`, size: 0 },
    ]);
  });

  test('is the newest unless told, and the one around others before those', async ({ world }) => {
    const { run, read } = somebodyIn(world);
    await pipeline(world, 'inner.jos', { one: sh('true') });
    await pipeline(world, 'outer.jos', { inner: jos('inner') });
    const { data } = await run('outer');
    const named = async (input: object) => (await read<RunDetail>('pipeline.show', input)).run.name;
    expect(await named({})).toBe('outer');
    expect(await named({ run: data.run?.slice(0, 20) })).toBe('outer');
    expect(await named({ run: data.run })).toBe('outer');
    expect(await named({ run: `${data.run}.2` })).toBe('inner');
  });

  test('has to be there', async ({ world }) => {
    const { failed } = somebodyIn(world);
    expect(await failed('pipeline.show')).toMatchObject({ code: 'run-unknown' });
    expect(await failed('pipeline.show', { run: '../../secret' })).toMatchObject({ code: 'run-unknown' });
  });
});

test('runs at one moment each have a witness of their own', async ({ world }) => {
  const people = [1, 2, 3, 4].map(() => somebodyIn(world));
  await Promise.all(people.map((_, at) => pipeline(world, `p${at}.jos`, { one: sh('true') })));
  const runs = await Promise.all(people.map(({ run }, at) => run(`p${at}`)));
  expect(new Set(runs.map(({ data }) => data.run)).size).toBe(4);
  expect(runIds(world)).toEqual(runs.map(({ data }) => data.run).toSorted());
});

test('of the oldest runs no witness is kept; what other programs left stays', async ({ world }) => {
  const { run } = somebodyIn(world);
  const start = { type: 'run:start', artifact: '/atoms/hello.jos', dryRun: false };
  const idOf = (at: number) => `2020-01-02T03-04-05-${100 + at}Z-9${at}`;
  for (let at = 0; at < 55; at++) await elsewhere(world, idOf(at), [start]);
  await elsewhere(world, `${idOf(3)}.2`, [start]);
  const others = ['2019-01-02T03-04-05-000Z', 'not-a-run'];
  for (const id of others) await elsewhere(world, id, [start]);
  await pipeline(world, 'hello.jos', { one: sh('true') });
  const { data } = await run('hello');
  const kept = Array.from({ length: 49 }, (_, at) => idOf(at + 6));
  expect(runIds(world)).toEqual([...others, ...kept, data.run].toSorted());
});

test('the witness of a run that goes on is kept, however many came after it', async ({ world }) => {
  const { run } = somebodyIn(world);
  await pipeline(world, 'long.jos', { wait: sh('echo ready; until test -e go; do sleep 0.05; done') });
  await pipeline(world, 'other.jos', { one: sh('true') });
  const begun = Promise.withResolvers<void>();
  const long = run('long', { heard: (line) => line === 'ready' && begun.resolve() });
  await begun.promise;
  const start = { type: 'run:start', artifact: '/atoms/hello.jos', dryRun: false };
  for (let at = 100; at < 155; at++) await elsewhere(world, `2099-01-02T03-04-05-${at}Z-9${at}`, [start]);
  await run('other');
  await writeFile(world.path('work', 'go'), '');
  const { receipt, data } = await long;
  expect(receipt.status).toBe('done');
  expect(runIds(world)).toContain(data.run);
});

test('a step without a witness is not begun', async ({ world }) => {
  const { run } = somebodyIn(world);
  await writeFile(world.path('home', '.jos'), 'in the way');
  await pipeline(world, 'hello.jos', { one: sh('touch begun') });
  const { failure } = await run('hello');
  expect(failure).toMatchObject({ code: 'witness-unwritable' });
  const { existsSync } = await import('node:fs');
  expect(existsSync(world.path('work', 'begun'))).toBe(false);
});
