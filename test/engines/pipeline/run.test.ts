import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import {
  commandsOf,
  documentWith,
  eventsOf,
  jos,
  pipeline,
  plainEvents,
  runIds,
  runsDirectory,
  sh,
  somebodyIn,
  statuses,
} from './stage.ts';

const AGENT = { kind: 'agent', name: 'helper', surface: 'mcp' } as const;
const YES = { approval: { yes: true } } as const;

describe('a run', () => {
  test('does its steps in order in the directory of the artifact, and tells what they write', async ({
    world,
  }) => {
    const { run } = somebodyIn(world);
    await pipeline(world, 'deep/hello.jos', {
      one: sh('pwd; echo to stderr >&2'),
      two: sh('printf "no newline"; test -z "$(cat)"'),
    });
    const { receipt, notes, data } = await run('deep/hello.jos');
    expect(receipt.status).toBe('done');
    expect(notes).toEqual(expect.arrayContaining([world.path('work', 'deep'), 'to stderr', 'no newline']));
    expect(data).toMatchObject({
      executed: 2,
      steps: [
        { step: 'one', status: 'done', said: 'exit code 0', attempts: 1 },
        { step: 'two', status: 'done' },
      ],
    });
  });

  test('leaves a witness in the format of the kernel, and beside it what the steps wrote', async ({
    world,
  }) => {
    const { run } = somebodyIn(world);
    const artifact = await pipeline(world, 'hello.jos', { one: sh('echo first'), two: sh('true') });
    const { data } = await run('hello');
    expect(runIds(world)).toEqual([data.run]);
    expect(data.run).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-1$/);
    expect(plainEvents(world, data.run as string)).toEqual([
      { type: 'run:start', artifact, dryRun: false },
      { type: 'run:step_start', step: 'one', index: 1, step_type: 'shell' },
      { type: 'run:step_complete', step: 'one', index: 1, success: true },
      { type: 'run:step_start', step: 'two', index: 2, step_type: 'shell' },
      { type: 'run:step_complete', step: 'two', index: 2, success: true },
      { type: 'run:success', dryRun: false, stepsExecuted: 2 },
    ]);
    for (const { timestamp } of eventsOf(world, data.run as string)) {
      expect(timestamp).toBe(new Date(timestamp as string).toISOString());
    }
    expect(readFileSync(`${runsDirectory(world)}/${data.run}/1-one.log`, 'utf8')).toBe('first\n');
  });

  test('ends with the first step that fails, and says what that wrote last', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(world, 'hello.jos', {
      one: sh('true'),
      two: sh('echo it is broken; exit 3'),
      three: sh('touch never'),
    });
    const { receipt, failure, data } = await run('hello');
    expect(statuses(receipt)).toEqual(['done', 'failed', 'skipped']);
    expect(failure).toMatchObject({ code: 'step-failed', message: 'two: exit code 3: it is broken.' });
    expect(existsSync(world.path('work', 'never'))).toBe(false);
    expect(plainEvents(world, data.run as string).slice(-2)).toEqual([
      { type: 'run:step_failed', step: 'two', index: 2, error: 'two: exit code 3: it is broken.' },
      { type: 'run:run_failed', lastStep: 'two' },
    ]);
  });

  test('that is only planned shows every command, and does and leaves nothing', async ({ world }) => {
    const { plan } = somebodyIn(world);
    await pipeline(world, 'hello.jos', { one: sh('touch never', { description: 'Makes it' }) });
    const { described, needsApproval } = await plan('hello');
    expect(described).toMatchObject([
      {
        id: 'hello/1',
        calls: [
          {
            summary: 'run one (Makes it)',
            irreversible: true,
            commands: [[expect.any(String), '-c', 'touch never']],
          },
        ],
      },
    ]);
    expect(needsApproval).toBe(false);
    expect(runIds(world)).toEqual([]);
    expect(existsSync(world.path('work', 'never'))).toBe(false);
  });

  test('gives commands of the kernel to bash, and those of 1.0.0 to sh', async ({ world }) => {
    const { plan } = somebodyIn(world);
    await pipeline(world, 'old.jos', { one: sh('true') });
    await documentWith(world, 'new.jos', { one: sh('true') });
    const shellOf = async (name: string) => (await plan(name)).described[0]?.calls[0]?.commands[0]?.[0];
    expect(await shellOf('old')).toBe(existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh');
    expect(await shellOf('new')).toBe('/bin/sh');
  });

  test('gives defaults for variables, which those of the caller go before', async ({ world }) => {
    const { run } = somebodyIn(world, { CALLERS: 'of the caller' });
    await pipeline(
      world,
      'hello.jos',
      { one: sh('echo "$CALLERS, $OWN"') },
      {
        more: { environment: { OWN: { default: 'of the artifact' }, CALLERS: 'lost' } },
      },
    );
    expect((await run('hello')).notes).toContain('of the caller, of the artifact');
  });
});

describe('an artifact within an artifact', () => {
  const compose = async (world: Parameters<typeof pipeline>[0], inner: string) => {
    await pipeline(world, 'atoms/build.jos', { compile: sh('echo compiling'), test: sh(inner) });
    await pipeline(world, 'all.jos', {
      before: sh('echo before'),
      build: jos('atoms/build.jos'),
      after: sh('echo after'),
    });
  };

  test('is part of the plan, step by step', async ({ world }) => {
    const { plan } = somebodyIn(world);
    await compose(world, 'echo testing');
    const shown = await plan('all');
    expect(commandsOf(shown)).toEqual(['echo before', 'echo compiling', 'echo testing', 'echo after']);
    expect(shown.described.map(({ calls }) => calls[0]?.summary)).toEqual([
      'run before',
      'run build > compile',
      'run build > test',
      'run after',
    ]);
  });

  test('has a run of its own, which is a step of the one around it', async ({ world }) => {
    const { run } = somebodyIn(world);
    await compose(world, 'pwd');
    const { notes, data } = await run('all');
    expect(notes).toContain(world.path('work', 'atoms'));
    expect(runIds(world)).toEqual([data.run, `${data.run}.2`]);
    expect(plainEvents(world, data.run as string).map(({ type, step }) => [type, step])).toEqual([
      ['run:start', undefined],
      ['run:step_start', 'before'],
      ['run:step_complete', 'before'],
      ['run:step_start', 'build'],
      ['run:step_complete', 'build'],
      ['run:step_start', 'after'],
      ['run:step_complete', 'after'],
      ['run:success', undefined],
    ]);
    expect(plainEvents(world, `${data.run}.2`)).toMatchObject([
      { type: 'run:start', artifact: world.path('work', 'atoms', 'build.jos') },
      { type: 'run:step_start', step: 'compile' },
      { type: 'run:step_complete', step: 'compile' },
      { type: 'run:step_start', step: 'test' },
      { type: 'run:step_complete', step: 'test' },
      { type: 'run:success', stepsExecuted: 2 },
    ]);
  });

  test('that fails fails the one around it', async ({ world }) => {
    const { run } = somebodyIn(world);
    await compose(world, 'exit 4');
    const { receipt, data, failure } = await run('all');
    expect(statuses(receipt)).toEqual(['done', 'done', 'failed', 'skipped']);
    expect(failure?.message).toBe('build > test: exit code 4.');
    expect(plainEvents(world, data.run as string).slice(-2)).toMatchObject([
      { type: 'run:step_failed', step: 'build' },
      { type: 'run:run_failed', lastStep: 'build' },
    ]);
    expect(plainEvents(world, `${data.run}.2`).at(-1)).toEqual({ type: 'run:run_failed', lastStep: 'test' });
  });

  test('may be run twice, and each time it is another run', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(world, 'atom.jos', { count: sh('echo once >> counted') });
    await pipeline(world, 'all.jos', { atom: jos('atom') }, { steps: ['atom', 'atom'] });
    const { data } = await run('all');
    expect(readFileSync(world.path('work', 'counted'), 'utf8')).toBe('once\nonce\n');
    expect(runIds(world)).toEqual([data.run, `${data.run}.2`, `${data.run}.3`]);
  });
});

describe('a step that fails', () => {
  /** Fails until it was tried this often. */
  const worksAtLast = (times: number) => sh(`echo x >> tries; test "$(wc -l < tries)" -ge ${times}`);

  test('is tried again as often as its artifact allows', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(
      world,
      'hello.jos',
      { flaky: worksAtLast(3) },
      { more: { guardrails: { avoid: [], max_retries: 2 }, x_run_params: { a: 1 } } },
    );
    const { receipt, data } = await run('hello');
    expect(receipt.steps).toMatchObject([{ status: 'done', summary: 'flaky: exit code 0 at attempt 3' }]);
    expect(
      plainEvents(world, data.run as string).filter(({ type }) => type === 'run:step_error'),
    ).toMatchObject([{ attempt: 1, error: 'exit code 1' }, { attempt: 2 }]);
  });

  test('fails once it was tried that often', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(
      world,
      'hello.jos',
      { flaky: worksAtLast(3) },
      { more: { guardrails: { avoid: [], max_retries: 1 }, x_run_params: { a: 1 } } },
    );
    expect((await run('hello')).failure?.message).toBe('flaky: exit code 1, tried 2 times.');
  });

  test('does not end the run where its author says so', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(world, 'hello.jos', {
      lint: sh('exit 1', { on_failure: 'continue' }),
      build: sh('touch built'),
    });
    const { receipt, data } = await run('hello');
    expect(receipt.steps).toMatchObject([
      { status: 'done', summary: 'lint: exit code 1, and went on' },
      { status: 'done' },
    ]);
    expect(existsSync(world.path('work', 'built'))).toBe(true);
    expect(plainEvents(world, data.run as string)).toContainEqual({
      type: 'run:step_complete',
      step: 'lint',
      index: 1,
      success: false,
    });
  });

  test('has another step run before the run ends, where its author names one', async ({ world }) => {
    const { run, plan } = somebodyIn(world);
    await pipeline(
      world,
      'hello.jos',
      { build: sh('exit 1', { on_failure: 'clean' }), clean: sh('touch cleaned') },
      { steps: ['build'] },
    );
    expect(commandsOf(await plan('hello'))).toEqual(['exit 1', 'touch cleaned']);
    const { receipt } = await run('hello');
    expect(statuses(receipt)).toEqual(['failed']);
    expect(existsSync(world.path('work', 'cleaned'))).toBe(true);
  });
});

describe('the time of a run', () => {
  test('ends it when it is over, with all that it has started', async ({ world }) => {
    const { run } = somebodyIn(world);
    await pipeline(
      world,
      'hello.jos',
      { long: sh('sleep 1000 & sleep 1000') },
      { more: { guardrails: { avoid: [], timeout_ms: 300 } } },
    );
    const { failure, data } = await run('hello');
    expect(failure).toMatchObject({
      code: 'step-timeout',
      message: 'long was ended: the 300 ms of the run were over.',
    });
    expect(world.processes()).toEqual([]);
    expect(plainEvents(world, data.run as string).at(-1)).toEqual({
      type: 'run:run_failed',
      lastStep: 'long',
    });
  });

  test('is that of all its steps together, and holds for what it runs', async ({ world }) => {
    const { run } = somebodyIn(world);
    await documentWith(world, 'inner.jos', { long: sh('sleep 1000') });
    await documentWith(
      world,
      'outer.jos',
      { quick: sh('true'), inner: jos('inner.jos') },
      { more: { execution: { budget: { max_duration: '2s' } } } },
    );
    const { receipt, failure } = await run('outer');
    expect(statuses(receipt)).toEqual(['done', 'failed']);
    expect(failure?.code).toBe('step-timeout');
  });
});

test('the time of a run is not given to each of its steps anew', async ({ world }) => {
  const { run } = somebodyIn(world);
  const steps = { one: sh('sleep 0.8'), two: sh('sleep 0.8'), three: sh('sleep 0.8') };
  await documentWith(world, 'hello.jos', steps, {
    more: { execution: { budget: { max_duration: '1500ms' } } },
  });
  expect((await run('hello')).failure?.code).toBe('step-timeout');
});

test('of a step that writes without end, the beginning is kept', async ({ world }) => {
  const { run } = somebodyIn(world);
  const line = 'x'.repeat(65_535);
  await pipeline(world, 'hello.jos', { flood: sh(`yes ${line} | head -n 200`) });
  const { notes, data } = await run('hello');
  expect(notes.filter((note) => note === line)).toHaveLength(200);
  const kept = readFileSync(`${runsDirectory(world)}/${data.run}/1-flood.log`, 'utf8')
    .trimEnd()
    .split('\n');
  expect(kept.length).toBeLessThan(160);
  expect(kept.at(-1)).toBe('What comes after this was not kept.');
});

describe('what its author wants to be asked', () => {
  test.for([
    ['for the whole artifact', { guardrails: { avoid: [], require_confirmation: true } }, {}],
    ['by a gate', {}, { go: 'the tests passed' }],
  ] as const)('%s waits for a yes', async ([, more, gates], { world }) => {
    const { run, outcome } = somebodyIn(world);
    await pipeline(world, 'hello.jos', { go: sh('touch gone') }, { gates, more });
    expect(await outcome('hello')).toMatchObject({ kind: 'approval' });
    expect(existsSync(world.path('work', 'gone'))).toBe(false);
    expect((await run('hello', YES)).receipt.status).toBe('done');
  });

  test('by a gate is shown with its words', async ({ world }) => {
    const { plan } = somebodyIn(world);
    await documentWith(world, 'inner.jos', { go: sh('true'), on: sh('true') });
    await documentWith(world, 'hello.jos', { inner: jos('inner') }, { gates: { inner: 'the tests passed' } });
    const { described } = await plan('hello');
    expect(described.map(({ calls }) => [calls[0]?.summary, calls[0]?.effect])).toEqual([
      ['run inner > go, if it is confirmed that the tests passed', 'destructive'],
      ['run inner > on', 'write'],
    ]);
  });

  test('is asked for all that an artifact within does, too', async ({ world }) => {
    const { plan } = somebodyIn(world);
    await pipeline(world, 'inner.jos', { go: sh('true') });
    await pipeline(
      world,
      'hello.jos',
      { inner: jos('inner') },
      { more: { guardrails: { avoid: [], require_confirmation: true } } },
    );
    expect((await plan('hello')).needsApproval).toBe(true);
  });
});

test('an agent runs nothing but a plan that was shown', async ({ world }) => {
  const { outcome, plan, run } = somebodyIn(world);
  await pipeline(world, 'hello.jos', { go: sh('touch gone') });
  expect(await outcome('hello', { actor: AGENT, ...YES })).toMatchObject({ kind: 'approval' });
  const { hash } = await plan('hello', { actor: AGENT });
  await pipeline(world, 'hello.jos', { go: sh('touch other') });
  expect(await outcome('hello', { actor: AGENT, approval: { plan: hash } })).toMatchObject({
    kind: 'failure',
    failure: { code: 'plan-moved' },
  });
  await pipeline(world, 'hello.jos', { go: sh('touch gone') });
  expect((await run('hello', { actor: AGENT, approval: { plan: hash } })).receipt.status).toBe('done');
});

test('secrets of the environment are neither told nor kept', async ({ world }) => {
  const { run, read } = somebodyIn(world, {
    API_TOKEN: 'hunter2-hunter2',
    DB_PASSWORD: 'first line\nsecond line',
    DATABASE: 'postgres://ada:swordfish@localhost/db',
  });
  await pipeline(world, 'hello.jos', {
    leak: sh(
      'echo "it is $API_TOKEN"; echo "$DB_PASSWORD"; echo "again $API_TOKEN" >&2; echo "at $DATABASE"; exit 1',
    ),
  });
  const { notes, failure, receipt, data } = await run('hello');
  expect(notes).toEqual(
    expect.arrayContaining(['it is ***', '***', 'again ***', 'at postgres://ada:***@localhost/db']),
  );
  const directory = `${runsDirectory(world)}/${data.run}`;
  const kept = readdirSync(directory).map((name) => readFileSync(`${directory}/${name}`, 'utf8'));
  const shown = await read('activity.show', { id: receipt.activity });
  expect(kept.length).toBeGreaterThan(1);
  for (const text of [...kept, JSON.stringify([failure, receipt, data, shown])]) {
    expect(text).not.toMatch(/hunter2|first line|second line|swordfish/);
  }
});
