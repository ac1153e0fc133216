import { describe, expect } from 'vitest';
import { forgetActivities, forgetShown } from '#engines/activity/forget.ts';
import { begin, end, intend, keepPlan, markUndone, record } from '#engines/activity/journal.ts';
import { listActivities } from '#engines/activity/read.ts';
import type { Actor } from '#engines/core/actor.ts';
import type { StepStatus } from '#engines/core/receipt.ts';
import { addRun } from '#engines/job/runs.ts';
import { lock } from '#engines/store/locks.ts';
import { ownIdentity } from '#engines/store/process.ts';
import { openStore, type Store } from '#engines/store/store.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const PERSON: Actor = { kind: 'human', name: 'ada', surface: 'shell', host: 'here', pid: 1 };
const NEVER = new AbortController().signal;

interface Given {
  days?: number;
  actor?: Actor;
  workspace?: string;
  input?: object;
  status?: 'running' | 'done' | 'failed' | 'cancelled';
  /** What came of its one step; it was only intended without. */
  step?: StepStatus | 'intended';
  undoes?: string;
}

let plans = 0;

/** An activity that ended so many days ago, with a plan of its own. */
const add = (opened: Store, given: Given = {}): string => {
  const { days = 40, actor = PERSON, workspace, input = {}, status = 'done', step = 'done', undoes } = given;
  const at = NOW - days * DAY;
  const target = { kind: 'repo', name: 'api' } as const;
  const one = { id: 'api/1', target, expects: [], op: 'git.fetch', args: {}, effect: 'write' } as const;
  const hash = String(++plans).padStart(64, '0');
  const plan = {
    action: 'repo.fetch',
    input,
    workspace,
    undoes,
    hash,
    steps: [one],
    refused: [],
    settled: [],
  };
  keepPlan(opened, plan as never, 'ada', at);
  const activity = begin(opened, { plan: plan as never, actor, process: ownIdentity(), at });
  intend(opened, { activity, step: { ...one, expects: [] }, call: one, commands: [], at });
  if (step !== 'intended') {
    record(opened, activity, {
      step: one.id,
      target,
      status: step,
      summary: '',
      startedAt: at,
      duration: 1,
    });
  }
  if (status !== 'running') end(opened, activity, { status, at });
  if (undoes !== undefined) markUndone(opened, undoes, activity);
  return activity;
};

const opening = (world: World): Store => {
  const opened = openStore(world.path('gantry.db'));
  world.defer(() => opened.database.close());
  return opened;
};

const forget = (opened: Store, most = 1_000) =>
  forgetActivities(opened, { before: NOW - 30 * DAY, most }, NEVER);

const left = (opened: Store) =>
  listActivities(opened, { limit: 10_000 })
    .map(({ id }) => id)
    .toSorted((a, b) => Number(a) - Number(b));

const counts = ({ database }: Store) =>
  Object.fromEntries(
    ['activities', 'steps', 'plans'].map((table) => [
      table,
      database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count,
    ]),
  );

test('what ended long ago goes, with its steps and its plan, and its id does not come again', async ({
  world,
}) => {
  const opened = opening(world);
  const young = add(opened, { days: 20 });
  add(opened, { workspace: '/work' });
  const old = add(opened);
  expect(await forget(opened)).toBe(2);
  expect(left(opened)).toEqual([young]);
  expect(counts(opened)).toEqual({ activities: 1, steps: 1, plans: 1 });
  expect(Number(add(opened))).toBe(Number(old) + 1);
});

describe('what stays however old it is', () => {
  test('is what is open, and what nobody knows the outcome of', async ({ world }) => {
    const opened = opening(world);
    const kept = [
      add(opened, { status: 'running' }),
      add(opened, { status: 'failed', step: 'unknown' }),
      add(opened, { status: 'failed', step: 'intended' }),
    ];
    add(opened, { status: 'failed', step: 'failed' });
    add(opened, { status: 'cancelled', step: 'cancelled' });
    expect(await forget(opened)).toBe(2);
    expect(left(opened)).toEqual(kept);
  });

  test('is what was taken back lately, and what took back something that stays', async ({ world }) => {
    const opened = opening(world);
    const first = add(opened);
    const undo = add(opened, { days: 35, undoes: first });
    const redo = add(opened, { days: 2, undoes: undo });
    const gone = add(opened);
    add(opened, { undoes: gone });
    expect(await forget(opened)).toBe(2);
    expect(left(opened)).toEqual([first, undo, redo]);
    expect(opened.database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  });

  test('is what came to its end instead of something that is still open', async ({ world }) => {
    const opened = opening(world);
    const broken = add(opened, { input: { repos: ['api'] }, status: 'running' });
    const finished = add(opened, { input: { repos: ['api'] } });
    add(opened, { input: { repos: ['web'] } });
    expect(await forget(opened)).toBe(1);
    expect(left(opened)).toEqual([broken, finished]);
  });

  test('is what somebody has locked something with, and what a run of a job tells of', async ({ world }) => {
    const opened = opening(world);
    const [locking, told, other] = [add(opened), add(opened), add(opened)];
    await lock(opened, { target: 'repo:api', activity: locking, process: ownIdentity(), signal: NEVER });
    addRun(opened, { kind: 'schedule', name: 'tick', moment: 1, definition: {} as never, activity: told });
    expect(await forget(opened)).toBe(1);
    expect(left(opened)).toEqual([locking, told]);
    expect(left(opened)).not.toContain(other);
  });

  test('is what a run that has begun may not have claimed yet', async ({ world }) => {
    const opened = opening(world);
    const before = add(opened);
    const after = Number(before);
    addRun(opened, {
      kind: 'schedule',
      name: 'x',
      moment: 1,
      definition: {} as never,
      state: 'begun',
      after,
    });
    const own = add(opened);
    expect(await forget(opened)).toBe(1);
    expect(left(opened)).toEqual([own]);
  });
});

test('of each schedule and trigger only the newest stay, of people all', async ({ world }) => {
  const opened = opening(world);
  const by = (kind: Actor['kind'], name: string): Actor => ({ ...PERSON, kind, name });
  const actors = [by('schedule', 'tick'), by('trigger', 'tick'), PERSON];
  const added = actors.map((actor) => Array.from({ length: 600 }, () => add(opened, { days: 1, actor })));
  const [schedule = [], trigger = [], person = []] = added;
  expect(await forget(opened, 10)).toBe(2 * 590);
  expect(left(opened)).toEqual([...schedule.slice(-10), ...trigger.slice(-10), ...person]);
  expect(counts(opened)).toEqual({ activities: 620, steps: 620, plans: 620 });
});

test('a plan that was shown once more since stays: it may be about to be applied', async ({ world }) => {
  const opened = opening(world);
  add(opened);
  const hash = String(plans).padStart(64, '0');
  keepPlan(opened, { hash } as never, 'ada', NOW);
  expect(await forget(opened)).toBe(1);
  await forgetShown(opened, NOW - 30 * DAY, NEVER);
  expect(counts(opened)).toEqual({ activities: 0, steps: 0, plans: 1 });
});

test('plans that were only shown go as well, those of activities do not', async ({ world }) => {
  const opened = opening(world);
  add(opened);
  const shown = (hash: string, days: number) => keepPlan(opened, { hash } as never, 'ada', NOW - days * DAY);
  shown('a'.repeat(64), 40);
  shown('b'.repeat(64), 20);
  await forgetShown(opened, NOW - 30 * DAY, NEVER);
  const hashes = opened.database.prepare('SELECT hash FROM plans').all();
  expect(
    hashes
      .map(({ hash }) => String(hash))
      .toSorted()
      .at(-1),
  ).toBe('b'.repeat(64));
  expect(hashes).toHaveLength(2);
});
