import { spawn } from 'node:child_process';
import { describe, expect } from 'vitest';
import type { Probe } from '#engines/process/spec.ts';
import { NEVER_RUN } from '#engines/process/status.ts';
import { identify } from '#engines/store/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { openStage, specOf } from './stage.ts';

const shell = (script: string) => ['/bin/sh', '-c', script];
const FOREVER = 'echo up; exec sleep 1000';

const pidOf = (identity: string | null) => Number(identity?.split('@')[0]);

describe('a process', () => {
  test('runs in a session of its own with its environment, its port and its mark', async ({ world }) => {
    const script = 'echo "$GREETING $PORT $GANTRY_PROCESS"; ps -o sid= -p $$; exec sleep 1000';
    const stage = openStage(world, specOf(world, shell(script), { env: { GREETING: 'hello' }, port: 4_711 }));
    await stage.keeper.start(stage.spec);
    const { identity, phase } = stage.keeper.status;
    expect(phase).toBe('running');
    await until(() => stage.output().split('\n').length > 2, { what: 'its output' });
    expect(stage.output()).toMatch(new RegExp(`^hello 4711 web:0\n *${pidOf(identity)}\n$`));
  });

  test('is stopped with everything in its group', async ({ world }) => {
    const stage = openStage(world, specOf(world, shell('sleep 1000 & sleep 1000')));
    await stage.keeper.start(stage.spec);
    await until(() => world.processes().length === 3, { what: 'both sleeps' });
    await stage.keeper.stop();
    expect(stage.keeper.status).toMatchObject({
      phase: 'stopped',
      identity: null,
      exit: { signal: 'SIGTERM' },
    });
    expect(world.processes()).toEqual([]);
  });

  test('that ignores the request to stop is killed, and what it put into the background with it', async ({
    world,
  }) => {
    const stubborn = `trap '' TERM; setsid sh -c "trap '' TERM; echo up; sleep 1000" & while :; do sleep 1000; done`;
    const stop = { signal: 'SIGTERM', within: 100 };
    const stage = openStage(world, specOf(world, shell(stubborn), { stop }));
    await stage.keeper.start(stage.spec);
    await until(() => stage.output() === 'up\n', { what: 'the one in the background' });
    await stage.keeper.stop();
    expect(stage.keeper.status).toMatchObject({ phase: 'stopped', exit: { signal: 'SIGKILL' } });
    await until(() => world.processes().length === 0, { what: 'the one in the background to end' });
  });

  test('that puts itself into the background is followed there, and stopped there', async ({ world }) => {
    const stage = openStage(world, specOf(world, shell(`setsid sh -c '${FOREVER}' & exit 0`)));
    await stage.keeper.start(stage.spec);
    const first = stage.keeper.status.identity;
    await until(() => stage.keeper.status.identity !== first, { what: 'the one in the background' });
    expect(stage.keeper.status.phase).toBe('running');
    await stage.keeper.stop();
    expect(world.processes()).toEqual([]);
  });

  test('whose program or directory is missing says which, and is not tried again', async ({ world }) => {
    const missing = openStage(world, specOf(world, ['no-such-program']));
    await missing.keeper.start(missing.spec);
    expect(missing.keeper.status).toMatchObject({
      phase: 'failed',
      why: 'ended with no-such-program was not found',
    });
    const nowhere = openStage(world, specOf(world, shell(FOREVER), { cwd: world.path('nowhere') }));
    await nowhere.keeper.start(nowhere.spec);
    expect(nowhere.keeper.status.why).toContain(`its directory ${world.path('nowhere')} is not there`);
  });
});

describe('after its end, a process', () => {
  test('of the policy never stays as it is', async ({ world }) => {
    const stage = openStage(world, specOf(world, shell('exit 3'), { restart: { policy: 'never' } }));
    await stage.keeper.start(stage.spec);
    expect(await stage.reaches('failed')).toMatchObject({ exit: { code: 3 }, why: 'ended with exit code 3' });
  });

  test('of the policy on-failure is not started again where it ended well', async ({ world }) => {
    const stage = openStage(world, specOf(world, shell('exit 0')));
    await stage.keeper.start(stage.spec);
    expect(await stage.reaches('exited')).toMatchObject({ exit: { code: 0 }, why: null, restarts: 0 });
  });

  test('that ends again and again waits longer each time, and says that it is in a loop', async ({
    world,
  }) => {
    const stage = openStage(world, specOf(world, shell('exit 3'), { restart: { first: 1, most: 20 } }));
    await stage.keeper.start(stage.spec);
    expect(await stage.reaches('crash-loop')).toMatchObject({
      why: 'ended with exit code 3, as 5 runs in a row did within 1000 ms of their start',
      restarts: 5,
    });
    const waits = stage.told.flatMap(({ againAt, endedAt }) =>
      againAt && endedAt ? [againAt - endedAt] : [],
    );
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
    await stage.keeper.stop();
    expect(stage.keeper.status.phase).toBe('stopped');
  });

  test('killed after a while is started at once, and what it left in its group is ended before', async ({
    world,
  }) => {
    const script = 'sleep 1000 & echo up; exec sleep 1001';
    const stage = openStage(world, specOf(world, shell(script), { restart: { quick: 1 } }));
    await stage.keeper.start(stage.spec);
    const { identity } = stage.keeper.status;
    await until(() => world.processes().filter(({ argv }) => argv[0] === 'sleep').length === 2, {
      what: 'both sleeps',
    });
    process.kill(pidOf(identity), 'SIGKILL');
    await until(() => stage.output() === 'up\nup\n', { what: 'the second run' });
    expect(stage.keeper.status).toMatchObject({ phase: 'running', restarts: 1, quick: 0 });
    const sleeps = () => world.processes().map(({ argv }) => argv[1]);
    await until(() => sleeps().toSorted().join() === '1000,1001', {
      what: 'just the sleeps of the second run',
    });
  });
});

describe('a probe', () => {
  test('finds a line of the present run', async ({ world }) => {
    const ready = { kind: 'log', text: 'ready', every: 10 } as const;
    const script = 'while [ ! -e go ]; do sleep 0.01; done; echo ready; exec sleep 1000';
    const stage = openStage(world, specOf(world, shell(script), { ready }));
    await stage.keeper.start(stage.spec);
    expect(stage.keeper.status.phase).toBe('starting');
    await world.run('touch', ['go']);
    expect((await stage.reaches('running')).readyAt).not.toBeNull();
    await stage.keeper.stop();
    await world.run('rm', ['go']);
    await stage.keeper.start(stage.spec);
    await until(() => stage.keeper.status.probed, { what: 'an answer' });
    expect(stage.keeper.status).toMatchObject({ phase: 'starting', probed: { ok: false } });
  });

  test('that is never answered ends the run, and says why', async ({ world }) => {
    const ready = { kind: 'tcp', port: 1, every: 10 } as const;
    const spec = specOf(world, shell(FOREVER), { ready, startWithin: 1_000, restart: { policy: 'never' } });
    const stage = openStage(world, spec);
    await stage.keeper.start(spec);
    expect(await stage.reaches('failed')).toMatchObject({
      why: 'was not ready within 1000 ms: connection refused',
      exit: { signal: 'SIGTERM' },
    });
    expect(world.processes()).toEqual([]);
  });

  test('that fails restarts what runs', async ({ world }) => {
    const alive: Probe = {
      within: 2_000,
      kind: 'command',
      argv: ['test', '!', '-e', 'sick'],
      every: 10,
      failures: 2,
    };
    const stage = openStage(world, specOf(world, shell(FOREVER), { alive, restart: { first: 1 } }));
    await stage.keeper.start(stage.spec);
    await stage.reaches('running');
    await world.run('touch', ['sick']);
    await until(() => stage.phases().includes('unhealthy'), { what: 'its probe to fail' });
    await world.run('rm', ['sick']);
    await until(() => stage.keeper.status.restarts > 0 && stage.keeper.status.phase === 'running', {
      what: 'another run',
    });
    expect(stage.told.find(({ phase }) => phase === 'unhealthy')?.why).toBe(
      'its probe failed 2 times in a row: exit code 1',
    );
  });
});

describe('another daemon', () => {
  test('takes up what runs, and can not know with what code it ends', async ({ world }) => {
    const spec = specOf(world, shell(FOREVER), { restart: { policy: 'never' } });
    const first = openStage(world, spec);
    await first.keeper.start(spec);
    const { identity } = first.keeper.status;
    const second = first.next();
    await second.keeper.adopt();
    expect(second.keeper.status).toMatchObject({ phase: 'running', identity, restarts: 0 });
    process.kill(pidOf(identity), 'SIGKILL');
    expect(await second.reaches('failed')).toMatchObject({
      exit: { unknown: true },
      why: 'ended with an exit code that nobody saw',
    });
  });

  test('finds by its mark what was started and not written down any more', async ({ world }) => {
    const spec = specOf(world, shell(FOREVER));
    const first = openStage(world, spec);
    await first.keeper.start(spec);
    const { identity, run } = first.keeper.status;
    first.keeper.leave();
    const second = openStage(world, spec, { ...NEVER_RUN, phase: 'starting', run, startedAt: Date.now() });
    await second.keeper.adopt();
    expect(second.keeper.status).toMatchObject({ phase: 'running', identity });
    expect(world.processes()).toHaveLength(1);
  });

  test('starts what died meanwhile, as its policy says', async ({ world }) => {
    const spec = specOf(world, shell(FOREVER), { restart: { first: 1 } });
    const first = openStage(world, spec);
    await first.keeper.start(spec);
    const { identity } = first.keeper.status;
    first.keeper.leave();
    process.kill(pidOf(identity), 'SIGKILL');
    await until(() => world.processes().length === 0, { what: 'it to end' });
    const second = openStage(world, spec, first.keeper.status);
    await second.keeper.adopt();
    await second.reaches('running');
    expect(second.keeper.status).toMatchObject({ restarts: 1 });
    expect(world.processes()).toHaveLength(1);
  });

  test('goes on with an end that was asked for', async ({ world }) => {
    const spec = specOf(world, shell(FOREVER));
    const first = openStage(world, spec);
    await first.keeper.start(spec);
    first.keeper.leave();
    const second = openStage(world, spec, { ...first.keeper.status, phase: 'stopping' });
    await second.keeper.adopt();
    await second.reaches('stopped');
    expect(world.processes()).toEqual([]);
  });

  test('leaves a later process alone that has the pid by now', async ({ world }) => {
    const stranger = spawn('sleep', ['1000'], { detached: true });
    world.defer(() => stranger.kill('SIGKILL'));
    const pid = stranger.pid as number;
    const spec = specOf(world, shell(FOREVER), { restart: { policy: 'never' } });
    const stage = openStage(world, spec, {
      ...NEVER_RUN,
      ...{ phase: 'running', run: 'a-run-of-before', identity: `${pid}@1`, startedAt: 1, readyAt: 1 },
    });
    await stage.keeper.adopt();
    expect(stage.keeper.status).toMatchObject({ phase: 'failed', exit: { unknown: true } });
    await stage.keeper.stop();
    expect(identify(pid)).toBeDefined();
  });
});

test('a name that is no name of a directory is refused', ({ world }) => {
  for (const name of ['', '../up', 'a/b', '-rf', '.hidden', 'two words'])
    expect(() => specOf(world, ['true'], { name })).toThrow('name');
});
