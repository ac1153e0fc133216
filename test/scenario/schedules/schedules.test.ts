import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { writeArtifact } from '../../rig/artifacts.ts';
import { random } from '../../rig/faults.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { gantryWell, killDaemon, processesOf } from '../processes/house.ts';
import { historyOf, killDaemonAfterSecond, linesIn, scheduleOf, untilLines } from './house.ts';

const EACH_SECOND = '* * * * * *';

describe('given a schedule of every second', () => {
  test('when it is added, then it runs by itself, and its runs are activities of its own', async ({
    world,
  }) => {
    await gantryWell(
      world,
      'schedule',
      'add',
      'tick',
      '--cron',
      EACH_SECOND,
      '--command',
      'echo tick >> ticks',
    );
    await untilLines(world, 'ticks', 2);
    const { cron, next, overlap, about } = await scheduleOf(world, 'tick');
    expect({ cron, overlap, about }).toEqual({
      cron: EACH_SECOND,
      overlap: 'skip',
      about: 'echo tick >> ticks',
    });
    expect(next).toHaveLength(3);
    const listed = await world.gantry(['activity', 'list', '--all', '--json']);
    const { activities } = listed.json<{ activities: { action: string; who: string }[] }>().data;
    expect(activities).toContainEqual(
      expect.objectContaining({ action: 'process.run', who: 'tick (schedule, daemon)' }),
    );
    const { stdout } = await world.gantry(['process', 'list', '--json']);
    expect(stdout).toContain('"schedule:tick"');
  });

  test('when it is paused, then it rests until it is resumed, and nothing is made up for', async ({
    world,
  }) => {
    await gantryWell(
      world,
      'schedule',
      'add',
      'tick',
      '--cron',
      EACH_SECOND,
      '--command',
      'echo tick >> ticks',
    );
    await untilLines(world, 'ticks', 1);
    await gantryWell(world, 'schedule', 'pause', 'tick');
    await until(async () => (await scheduleOf(world, 'tick')).running === 0, { what: 'the last run to end' });
    const { paused, nextAt, last } = await scheduleOf(world, 'tick');
    expect({ paused, nextAt }).toEqual({ paused: true, nextAt: null });
    await gantryWell(world, 'schedule', 'resume', 'tick');
    await until(async () => ((await historyOf(world, 'tick'))[0]?.id ?? 0) > (last?.id ?? 0), {
      what: 'another run',
    });
    await gantryWell(world, 'schedule', 'pause', 'tick');
    await until(async () => (await scheduleOf(world, 'tick')).running === 0, { what: 'the last run to end' });
    await gantryWell(world, 'schedule', 'remove', 'tick');
    expect(await processesOf(world)).toEqual([]);
    const unknown = await world.gantry(['schedule', 'list', 'tick', '--json']);
    expect(unknown.json().error.code).toBe('schedule-unknown');
    await gantryWell(world, 'undo');
    expect(await scheduleOf(world, 'tick')).toMatchObject({ id: 'tick', paused: false });
  });

  test('when somebody takes back the last thing, then that is theirs, and not what ran since', async ({
    world,
  }) => {
    await gantryWell(world, 'config', 'set', 'repo.budget', '900');
    await gantryWell(
      world,
      'schedule',
      'add',
      'tick',
      '--cron',
      EACH_SECOND,
      '--command',
      'echo tick >> ticks',
    );
    await gantryWell(world, 'config', 'set', 'repo.budget', '800');
    await untilLines(world, 'ticks', linesIn(world, 'ticks').length + 2);
    await gantryWell(world, 'undo');
    expect((await world.gantry(['config', 'get', 'repo.budget'])).stdout).toContain('900');
  });

  test('when its daemon is killed as it is about to begin runs, then no second is lost and none runs twice', async ({
    world,
  }) => {
    const schedule = ['add', 'tick', '--cron', EACH_SECOND, '--overlap', 'queue', '--catch-up', 'all'];
    await gantryWell(world, 'schedule', ...schedule, '--command', 'echo $GANTRY_RUN >> seconds');
    await untilLines(world, 'seconds', 1);
    const next = random(20_261_121);
    for (let kill = 0; kill < 6; kill++) {
      await killDaemonAfterSecond(world, next() * 40);
      await gantryWell(world, 'daemon', 'start');
    }
    await untilLines(world, 'seconds', linesIn(world, 'seconds').length + 3);
    await gantryWell(world, 'schedule', 'pause', 'tick');
    await until(async () => (await historyOf(world, 'tick')).every(({ state }) => state !== 'begun'), {
      what: 'the last run to end',
    });
    const runs = (await historyOf(world, 'tick')).filter(({ state }) => state === 'ended');
    const moments = runs.map(({ moment }) => moment as number).toSorted((a, b) => a - b);
    const [first = 0] = moments;
    expect(moments).toEqual(moments.map((_, index) => first + index * 1_000));
    // Of a run that nobody watched nobody can tell how it ended, nor, in an instant of its start, whether it did.
    expect(runs.filter(({ outcome }) => outcome !== 'done' && outcome !== 'unknown')).toEqual([]);
    const lines = linesIn(world, 'seconds');
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.length).toBeGreaterThanOrEqual(runs.filter(({ outcome }) => outcome === 'done').length);
    expect(lines.length).toBeLessThanOrEqual(runs.length);
  });

  test('when a run outlives its daemon, then the next one sees that it goes on, and begins no other', async ({
    world,
  }) => {
    const line = 'echo begun >> begun; while [ ! -e over ]; do sleep 0.05; done';
    await gantryWell(world, 'schedule', 'add', 'slow', '--cron', EACH_SECOND, '--command', line);
    await untilLines(world, 'begun', 1);
    await killDaemon(world);
    await gantryWell(world, 'daemon', 'start');
    const passed = await until(async () => (await scheduleOf(world, 'slow')).passed, {
      what: 'a moment left out',
    });
    expect(passed.why).toBe('a run still went on');
    expect(await scheduleOf(world, 'slow')).toMatchObject({ running: 1 });
    expect(linesIn(world, 'begun')).toHaveLength(1);
    await writeFile(world.path('work', 'over'), '');
    await untilLines(world, 'begun', 2);
    expect((await historyOf(world, 'slow')).at(-1)).toMatchObject({ state: 'ended', outcome: 'unknown' });
  });
});

describe('given a schedule that rests', () => {
  test('when it is run by hand, then it runs now and its end is that of the command', async ({ world }) => {
    await gantryWell(world, 'schedule', 'add', 'yearly', '--cron', '@yearly', '--command', 'test -e good');
    await gantryWell(world, 'schedule', 'pause', 'yearly');
    const failed = await world.gantry(['schedule', 'run', 'yearly', '--wait', '--json']);
    expect(failed.json().error).toMatchObject({
      code: 'job-failed',
      message: 'yearly: failed: exit code 1.',
    });
    await writeFile(world.path('work', 'good'), '');
    await gantryWell(world, 'schedule', 'run', 'yearly', '--wait');
    expect(await scheduleOf(world, 'yearly')).toMatchObject({ outcome: 'done', nextAt: null });
  });

  test('when an action is scheduled, then it is run with its input, and wrong input is found at once', async ({
    world,
  }) => {
    const add = [
      'schedule',
      'add',
      'keep',
      '--cron',
      '@daily',
      '--action',
      'config.set',
      '--json',
      '--input',
    ];
    const unknown = await world.gantry([...add, '{"keys":"repo.budget"}']);
    expect(unknown.json().error).toMatchObject({ code: 'job-input' });
    expect(unknown.json().error.message).toContain('did you mean "key"?');
    const query = await world.gantry([
      'schedule',
      'add',
      '--cron',
      '@daily',
      '--action',
      'repo.status',
      '--json',
    ]);
    expect(query.json().error).toMatchObject({ code: 'job-action' });
    const added = await world.gantry([...add, '{"key":"repo.budget","value":"900"}']);
    expect(added.code).toBe(0);
    await gantryWell(world, 'schedule', 'run', 'keep', '--wait');
    const { stdout } = await world.gantry(['config', 'get', 'repo.budget']);
    expect(stdout).toContain('900');
  });

  test('when an action may destroy, then adding it takes a yes, and with that it runs unasked', async ({
    world,
  }) => {
    const add = ['schedule', 'add', 'tidy', '--cron', '@weekly', '--action', 'schedule.add', '--input'];
    const input = '{"name":"inner","cron":"@daily","command":"true"}';
    const asked = await world.gantry([...add, input, '--json']);
    expect(asked.code).toBe(9);
    expect((await world.gantry(['schedule', 'list', 'tidy'])).code).toBe(2);
    await gantryWell(world, ...add, input);
    await gantryWell(world, 'schedule', 'run', 'tidy', '--wait');
    expect(await scheduleOf(world, 'inner')).toMatchObject({ cron: '@daily' });
  });

  test('when an artifact is scheduled, then its flow is run, and a flow that it has not is found at once', async ({
    world,
  }) => {
    await writeArtifact(world.path('work', 'hello.jos'));
    const add = ['schedule', 'add', '--cron', '@daily', '--artifact', 'hello.jos'];
    const missing = await world.gantry([...add, '--flow', 'mian', '--json']);
    expect(missing.json().error).toMatchObject({ code: 'flow-unknown' });
    await gantryWell(world, ...add);
    await gantryWell(world, 'schedule', 'run', 'hello-there', '--wait');
    expect(await scheduleOf(world, 'hello-there')).toMatchObject({
      about: world.path('work', 'hello.jos'),
      last: { outcome: 'done' },
    });
  });

  test('when another of its name is added, then that is refused unless it takes its place, and undo brings it back', async ({
    world,
  }) => {
    await gantryWell(world, 'schedule', 'add', 'one', '--cron', '@daily', '--command', 'true');
    const other = ['schedule', 'add', 'one', '--cron', '@hourly', '--command', 'true'];
    expect((await world.gantry([...other, '--json'])).json().error.code).toBe('schedule-exists');
    await gantryWell(world, ...other, '--force');
    expect((await scheduleOf(world, 'one')).cron).toBe('@hourly');
    await gantryWell(world, 'undo');
    expect((await scheduleOf(world, 'one')).cron).toBe('@daily');
  });
});
