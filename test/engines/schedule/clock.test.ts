import { describe, expect } from 'vitest';
import { schedules } from '#engines/schedule/records.ts';
import { ownIdentity } from '#engines/store/process.ts';
import { test } from '../../rig/test.ts';
import { beginActivity, DEAD, endActivity, momentOf, openStage, putProcess, type Stage } from './stage.ts';

const COMMAND = { kind: 'command', line: 'backup' } as const;

const states = (stage: Stage) =>
  [...stage.ended().toReversed(), ...stage.open()].map(({ outcome, state }) => outcome ?? state);

describe('given a schedule of every minute', () => {
  test('when its time comes, then its call is fired once, as what was agreed to', async ({ world }) => {
    const stage = openStage(world);
    stage.add();
    stage.at('12:00:30');
    expect(stage.fired).toEqual([]);
    stage.at('12:01:00');
    stage.at('12:01:00');
    expect(stage.fired.map(({ invocation }) => invocation)).toEqual([
      { action: 'repo.fetch', input: {}, approval: { yes: true } },
    ]);
    await stage.fired[0]?.ends({ activity: '7' });
    expect(stage.ended()).toMatchObject([
      { moment: momentOf('12:01:00'), outcome: 'done', activity: '7', daemon: ownIdentity() },
    ]);
  });

  test('when it is asked when to look again, then that is the next moment, and half a minute at the most', ({
    world,
  }) => {
    const stage = openStage(world);
    expect(stage.at('12:00:00')).toBeUndefined();
    stage.add();
    expect(stage.at('12:00:10')).toBe(30_000);
    expect(stage.at('12:00:45')).toBe(15_000);
  });

  test('when the clock is set back over a minute that ran, then it does not run again', async ({ world }) => {
    const stage = openStage(world);
    stage.add({ overlap: 'allow' });
    for (const time of ['12:00:30', '12:01:10', '12:00:50', '12:01:00', '12:01:30', '12:02:00'])
      stage.at(time);
    expect(stage.moments()).toEqual(['12:01:00', '12:02:00']);
  });

  test('when the clock is set forward over a minute, then that still runs, and later ones as they come', ({
    world,
  }) => {
    const stage = openStage(world);
    stage.add({ overlap: 'allow', catchUp: 'none' });
    for (const time of ['12:00:30', '12:01:40', '12:02:00']) stage.at(time);
    expect(stage.moments()).toEqual(['12:01:00', '12:02:00']);
  });

  test('when it fails or waits for a yes, then its run says so', async ({ world }) => {
    const stage = openStage(world);
    stage.add();
    stage.at('12:00:30');
    stage.at('12:01:00');
    await stage.fired[0]?.ends({
      kind: 'failure',
      failure: { code: 'x', exit: 'failed', message: 'No such repo.' },
    });
    stage.at('12:02:00');
    await stage.fired[1]?.ends({ kind: 'approval', plan: {} as never });
    expect(stage.ended().map(({ outcome, said }) => [outcome, said])).toEqual([
      ['refused', 'it waits for a yes, and nobody is there to give it'],
      ['failed', 'No such repo.'],
    ]);
    expect(stage.told).toHaveLength(2);
  });
});

describe('given a machine that sleeps from 12:10 to 15:20', () => {
  const slept = (stage: Stage) => {
    for (const time of ['12:10:00', '15:20:00', '15:20:30']) stage.at(time);
  };

  test('when nothing is made up for, then nothing runs, and it is said what was missed', ({ world }) => {
    const stage = openStage(world);
    stage.add({ cron: '0 * * * *', catchUp: 'none' });
    slept(stage);
    expect(stage.moments()).toEqual([]);
    expect(stage.passed()).toBe('nobody was there');
    stage.at('16:00:00');
    expect(stage.moments()).toEqual(['16:00:00']);
  });

  test('when one is made up for, then the last one runs', ({ world }) => {
    const stage = openStage(world);
    stage.add({ cron: '0 * * * *', catchUp: 'one' });
    slept(stage);
    expect(stage.moments()).toEqual(['15:00:00']);
    expect(stage.passed()).toBe('nobody was there');
  });

  test('when all are made up for, then they run one after the other', async ({ world }) => {
    const stage = openStage(world);
    stage.add({ cron: '0 * * * *', catchUp: 'all', overlap: 'allow' });
    slept(stage);
    expect(states(stage)).toEqual(['begun', 'waiting', 'waiting']);
    await stage.fired[0]?.ends({});
    stage.at('15:21:00');
    await stage.fired[1]?.ends({});
    stage.at('15:22:00');
    await stage.fired[2]?.ends({});
    expect(stage.moments()).toEqual(['13:00:00', '14:00:00', '15:00:00']);
    expect(stage.fired).toHaveLength(3);
  });
});

describe('given a run that still goes on when it is time again', () => {
  const twice = (world: Parameters<typeof openStage>[0], overlap: 'skip' | 'queue' | 'replace' | 'allow') => {
    const stage = openStage(world);
    stage.add({ overlap });
    for (const time of ['12:00:30', '12:01:00', '12:02:00', '12:03:00']) stage.at(time);
    return stage;
  };

  test('when runs are left out, then there is one, and it is said why', async ({ world }) => {
    const stage = twice(world, 'skip');
    expect(states(stage)).toEqual(['begun']);
    expect(stage.passed()).toBe('a run still went on');
    await stage.fired[0]?.ends({});
    stage.at('12:04:00');
    expect(stage.moments()).toEqual(['12:01:00', '12:04:00']);
  });

  test('when runs wait, then each begins when the one before has ended', async ({ world }) => {
    const stage = twice(world, 'queue');
    expect(states(stage)).toEqual(['begun', 'waiting', 'waiting']);
    await stage.fired[0]?.ends({});
    stage.at('12:03:10');
    expect(states(stage)).toEqual(['done', 'begun', 'waiting']);
  });

  test('when runs take the place of each other, then the old one is cancelled before the newest begins', async ({
    world,
  }) => {
    const stage = twice(world, 'replace');
    expect(states(stage)).toEqual(['cancelled', 'begun', 'waiting']);
    expect(stage.fired).toMatchObject([{ cancelled: true }]);
    await stage.fired[0]?.ends({ status: 'cancelled' });
    stage.at('12:03:10');
    expect(stage.moments()).toEqual(['12:01:00', '12:03:00']);
    expect(stage.ended().map(({ said }) => said)).toContain('a newer run took its place');
  });

  test('when runs may overlap, then all go on', ({ world }) => {
    expect(states(twice(world, 'allow'))).toEqual(['begun', 'begun', 'begun']);
  });
});

describe('given a command', () => {
  test('when its process goes on, then its run does, and ends with its exit code', async ({ world }) => {
    const stage = openStage(world);
    stage.add({ call: COMMAND });
    stage.at('12:00:30');
    stage.at('12:01:00');
    const name = 'schedule:tick';
    expect(stage.fired[0]?.invocation).toMatchObject({
      action: 'process.run',
      input: { command: 'backup', name, directory: '/' },
    });
    putProcess(stage, name, { phase: 'running', identity: ownIdentity() });
    await stage.fired[0]?.ends({ activity: '3' });
    stage.at('12:02:00');
    expect(states(stage)).toEqual(['begun']);
    putProcess(stage, name, { phase: 'failed', exit: { code: 3 } });
    stage.at('12:02:30');
    expect(stage.ended()).toMatchObject([{ outcome: 'failed', said: 'exit code 3', activity: '3' }]);
  });

  test('when it is replaced, then its process is stopped once', async ({ world }) => {
    const stage = openStage(world);
    stage.add({ call: COMMAND, overlap: 'replace' });
    stage.at('12:00:30');
    stage.at('12:01:00');
    putProcess(stage, 'schedule:tick', { phase: 'running', identity: ownIdentity() });
    await stage.fired[0]?.ends({});
    for (const time of ['12:02:00', '12:02:10']) stage.at(time);
    expect(stage.stopped).toEqual(['schedule:tick']);
    putProcess(stage, 'schedule:tick', { phase: 'stopped', exit: { signal: 'SIGTERM' } });
    stage.at('12:02:20');
    expect(stage.moments()).toEqual(['12:01:00', '12:02:00']);
  });

  test('when its runs overlap, then each process has a name of its own', async ({ world }) => {
    const stage = openStage(world);
    stage.add({ call: COMMAND, overlap: 'allow' });
    for (const time of ['12:00:30', '12:01:00', '12:02:00']) stage.at(time);
    const names = stage.fired.map(({ invocation }) => (invocation.input as { name: string }).name);
    expect(names).toEqual(['schedule:tick', 'schedule:tick:1']);
  });
});

describe('given a daemon that was killed between due and started', () => {
  const begun = (world: Parameters<typeof openStage>[0]) => {
    const stage = openStage(world);
    stage.add({ overlap: 'queue' });
    stage.at('12:00:30');
    stage.at('12:01:00');
    return stage;
  };

  test('when nothing stands in the journal, then the next one fires it, once', ({ world }) => {
    const next = begun(world).next();
    for (const time of ['12:01:10', '12:01:11']) next.at(time);
    expect(next.fired.map(({ invocation }) => invocation.action)).toEqual(['repo.fetch']);
    expect(next.moments()).toEqual(['12:01:00']);
  });

  test('when its activity was begun and broken off, then the next one goes on with that', async ({
    world,
  }) => {
    const stage = begun(world);
    const activity = beginActivity(stage, { action: 'repo.fetch', input: {} }, DEAD);
    const next = stage.next();
    next.at('12:01:10');
    expect(next.fired.map(({ invocation }) => invocation)).toEqual([
      { action: 'resume', input: { id: activity }, approval: { yes: true } },
    ]);
    await next.fired[0]?.ends({ activity });
    expect(next.ended()).toMatchObject([{ outcome: 'done', activity }]);
  });

  test('when its activity had come to its end, then its run has that end and nothing is fired', ({
    world,
  }) => {
    const stage = begun(world);
    const activity = beginActivity(stage, { action: 'repo.fetch', input: {} }, DEAD);
    endActivity(stage, activity, 'failed');
    const next = stage.next();
    next.at('12:01:10');
    expect(next.fired).toEqual([]);
    expect(next.ended()).toMatchObject([{ outcome: 'failed', activity }]);
  });

  test('when the daemon before still finishes it, then the next one leaves it alone and sees that it goes on', ({
    world,
  }) => {
    const stage = begun(world);
    beginActivity(stage, { action: 'repo.fetch', input: {} }, ownIdentity());
    const next = stage.next();
    for (const time of ['12:01:10', '12:02:00']) next.at(time);
    expect(next.fired).toEqual([]);
    expect(states(next)).toEqual(['begun', 'waiting']);
  });

  test('when a run waited, then it begins in the next one', async ({ world }) => {
    const stage = begun(world);
    stage.at('12:02:00');
    const next = stage.next();
    next.at('12:02:10');
    await next.fired[0]?.ends({});
    next.at('12:02:20');
    expect(next.moments()).toEqual(['12:01:00', '12:02:00']);
  });
});

test('given schedules that come and go, when it is asked whether the daemon is needed, then it is as long as one may be due or goes on', async ({
  world,
}) => {
  const stage = openStage(world);
  expect(stage.isNeeded()).toBe(false);
  stage.add();
  expect(stage.isNeeded()).toBe(true);
  stage.at('12:00:30');
  stage.at('12:01:00');
  schedules.forget(stage.opened, 'tick');
  expect(stage.isNeeded()).toBe(true);
  await stage.fired[0]?.ends({});
  expect(stage.isNeeded()).toBe(false);
});

test('given a schedule at the start of the machine, when daemons come and go, then it runs once for each start', async ({
  world,
}) => {
  const stage = openStage(world);
  stage.add({ cron: '@reboot' });
  expect(stage.at('12:00:00')).toBeUndefined();
  stage.next().at('12:01:00');
  expect(stage.moments()).toEqual([]);
  const booted = openStage(world, 'second boot');
  booted.at('12:02:00');
  await booted.fired[0]?.ends({});
  booted.at('12:03:00');
  expect(booted.moments()).toEqual(['12:02:00']);
});
