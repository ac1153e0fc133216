import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import type { RunDetail, RunRow } from '#engines/pipeline/rows.ts';
import { jos, pipeline, sh } from '../../engines/pipeline/stage.ts';
import type { World } from '../../rig/home.ts';
import { isAlive, signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { expectUnlocked } from '../evidence.ts';
import { activity } from '../headless/activity.ts';
import { succeed } from '../succeed.ts';

const runsOf = async (world: World): Promise<RunRow[]> =>
  (await succeed(world, ['pipeline', 'list', '--json'])).json<{ runs: RunRow[] }>().data.runs;

const lines = (world: World, file: string) =>
  existsSync(world.path('work', file))
    ? readFileSync(world.path('work', file), 'utf8').trim().split('\n')
    : [];

describe('given a pipeline in a file', () => {
  test('when it is run, then what it writes is told beside the data', async ({ world }) => {
    await pipeline(world, 'inner.jos', { say: sh('echo hello from inside') });
    await pipeline(world, 'hello.jos', { one: sh('echo one'), inner: jos('inner.jos') });
    const { stdout, stderr } = await succeed(world, ['pipeline', 'run', 'hello.jos']);
    expect(stderr).toMatch(/^one$/m);
    expect(stderr).toMatch(/^hello from inside$/m);
    expect(stdout).toMatch(/inner > say +done +exit code 0/);
  });

  test('when it is run for a program, then the document has its run and its steps', async ({ world }) => {
    await pipeline(world, 'hello.jos', { one: sh('echo one'), two: sh('exit 3') });
    const { code, json } = await world.gantry(['pipeline', 'run', 'hello.jos', '--json']);
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      ok: false,
      error: { code: 'step-failed', message: 'two: exit code 3.' },
      receipt: { status: 'failed', steps: [{ status: 'done' }, { status: 'failed' }] },
    });
    const [row] = await runsOf(world);
    const { stdout } = await succeed(world, ['pipeline', 'show', row?.id as string]);
    expect(stdout).toMatch(/run:step_failed +two +two: exit code 3\./);
  });

  test('when it is only planned, then all that would run is shown, and nothing runs', async ({ world }) => {
    await pipeline(world, 'inner.jos', { touch: sh('touch done') });
    await pipeline(world, 'hello.jos', { inner: jos('inner.jos') });
    const { stdout } = await succeed(world, ['pipeline', 'run', 'hello.jos', '--dry-run']);
    expect(stdout).toContain('run inner > touch');
    expect(stdout).toContain("-c 'touch done'");
    expect(existsSync(world.path('work', 'done'))).toBe(false);
    expect(await runsOf(world)).toEqual([]);
  });

  test('when it asks to be confirmed, then it waits for --yes; what it avoids is denied', async ({
    world,
  }) => {
    const guarded = { more: { guardrails: { avoid: ['rm -rf'], require_confirmation: true } } };
    await pipeline(world, 'hello.jos', { one: sh('touch done') }, guarded);
    expect(await world.gantry(['pipeline', 'run', 'hello.jos'])).toMatchObject({ code: 9 });
    expect(existsSync(world.path('work', 'done'))).toBe(false);
    await succeed(world, ['pipeline', 'run', 'hello.jos', '--yes']);
    expect(existsSync(world.path('work', 'done'))).toBe(true);
    await pipeline(world, 'bad.jos', { one: sh('rm -rf done') }, guarded);
    expect(await world.gantry(['pipeline', 'run', 'bad.jos', '--yes'])).toMatchObject({ code: 8 });
  });

  test('when what it writes is hostile, then the terminal gets none of it raw', async ({ world }) => {
    await pipeline(world, 'hello.jos', { one: sh(String.raw`printf '\033]0;owned\007\033[31mred\n'`) });
    const { stderr, stdout } = await succeed(world, ['pipeline', 'run', 'hello.jos']);
    expect(stderr + stdout).not.toContain('\u001b');
    expect(stderr).toContain('red');
  });
});

describe.skipIf(process.platform !== 'linux')('given a program that is killed in the middle of a run', () => {
  test('when the run is resumed, then a command that may have run is not run twice', async ({ world }) => {
    await pipeline(world, 'hello.jos', {
      before: sh('echo before >> ran'),
      fatal: sh('echo fatal >> ran; kill -9 $PPID'),
      after: sh('echo after >> ran'),
    });
    expect(await world.gantry(['pipeline', 'run', 'hello.jos'])).toMatchObject({ code: null });
    expect(await runsOf(world)).toMatchObject([{ outcome: 'unfinished', steps: 1, last: 'fatal' }]);

    const { code, stderr } = await world.gantry(['resume', '1']);
    expect(code).toBe(1);
    expect(stderr).toContain('error: hello: run fatal: begun, and broken off.');
    expect(lines(world, 'ran')).toEqual(['before', 'fatal']);
    expect(await activity(world, '1')).toMatchObject({
      activity: { status: 'failed' },
      steps: [{ status: 'done' }, { status: 'unknown' }, { status: 'unknown' }],
    });
    await expectUnlocked(world);
  });

  test('when what was interrupted only asks, then resume asks again and does the rest', async ({ world }) => {
    let killed: number | undefined;
    const server = createServer((_, response) => {
      if (killed !== undefined) return void response.end('here it is\n');
      killed = Number(readFileSync(world.path('work', 'gantry.pid'), 'utf8'));
      signalTo(killed, 'SIGKILL');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    world.defer(() => void server.closeAllConnections());
    world.defer(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await pipeline(world, 'inner.jos', { ask: { type: 'http', url }, use: sh('echo use >> ran') });
    await pipeline(world, 'hello.jos', {
      before: sh('echo $PPID > gantry.pid; echo before >> ran'),
      inner: jos('inner.jos'),
      after: sh('echo after >> ran'),
    });
    expect(await world.gantry(['pipeline', 'run', 'hello.jos'])).toMatchObject({ code: null });
    const { stderr } = await succeed(world, ['resume', '1']);
    expect(stderr).toMatch(/^here it is$/m);
    expect(lines(world, 'ran')).toEqual(['before', 'use', 'after']);
    expect(await runsOf(world)).toMatchObject([
      { name: 'inner', outcome: 'succeeded', steps: 2 },
      { name: 'hello', outcome: 'succeeded', steps: 3 },
    ]);
  });
});

describe('given a run that takes long', () => {
  test.for(['SIGINT', 'SIGTERM'] as const)(
    'when it gets %s, then nothing of it goes on',
    async (signal, { world }) => {
      await pipeline(world, 'hello.jos', { long: sh('echo $$ > pid; sleep 1000 & sleep 1000') });
      const running = world.startGantry(['pipeline', 'run', 'hello.jos']);
      const pid = await until(() => Number(lines(world, 'pid')[0]), { what: 'the step to begin' });
      const { code } = await running.stop(signal);
      expect(code).toBe(130);
      expect(isAlive(pid)).toBe(false);
      expect(world.processes()).toEqual([]);
      const [row] = await runsOf(world);
      expect(row).toMatchObject({ outcome: 'failed', last: 'long' });
      const shown = await succeed(world, ['pipeline', 'show', '--json']);
      expect(shown.json<RunDetail>().data.events).toContainEqual(
        expect.objectContaining({ type: 'run:step_failed', said: 'cancelled' }),
      );
    },
  );

  test('when another person runs the same artifact, then that waits, and another artifact does not', async ({
    world,
  }) => {
    await pipeline(world, 'long.jos', { wait: sh('echo x >> begun; until test -e go; do sleep 0.05; done') });
    await pipeline(world, 'other.jos', { go: sh('touch go') });
    const first = world.startGantry(['pipeline', 'run', 'long.jos']);
    await until(() => lines(world, 'begun').length === 1, { what: 'the first run to begin' });
    expect((await runsOf(world)).map(({ outcome }) => outcome)).toEqual(['running']);
    const second = world.startGantry(['pipeline', 'run', 'long.jos']);
    await succeed(world, ['pipeline', 'run', 'other.jos']);
    expect((await Promise.all([first.exit, second.exit])).map(({ code }) => code)).toEqual([0, 0]);
    expect(lines(world, 'begun')).toHaveLength(2);
  });
});
