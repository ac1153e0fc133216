import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { openHost } from '#app/invoke/host.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { recordingCaller } from './caller.ts';

const hostIn = (world: World) => {
  const host = openHost({ env: world.env, paths: pathsFrom(world.env), now: Date.now });
  world.defer(() => host.close());
  return host;
};

const set = (value: string) => ({ action: 'config.set', input: { key: 'undo.keepDays', value } });
const get = { action: 'config.get', input: { key: 'undo.keepDays' } };
const answerOf = (outcome: Outcome) =>
  outcome.kind === 'data' ? (outcome.data as { value: unknown }).value : outcome;
const planOf = (outcome: Outcome) => {
  if (outcome.kind !== 'plan') throw new Error(`no plan but ${JSON.stringify(outcome)}`);
  return outcome.plan;
};

describe('a command', () => {
  test('that is dry run shows its plan and changes nothing', async ({ world }) => {
    const host = hostIn(world);
    const before = await host.invoke(get, recordingCaller());
    const plan = planOf(await host.invoke({ ...set('3'), dryRun: true }, recordingCaller()));
    expect(plan.described.map((step) => step.calls.map((call) => call.summary))).toEqual([
      ['set undo.keepDays to 3 in your own settings'],
    ]);
    expect(await host.invoke(get, recordingCaller())).toEqual(before);
  });

  test('plans the same hash again, whoever asks, as long as the world stands still', async ({ world }) => {
    const [one, other] = [hostIn(world), hostIn(world)];
    const first = planOf(await one.invoke({ ...set('3'), dryRun: true }, recordingCaller()));
    const second = planOf(
      await other.invoke({ ...set('3'), dryRun: true }, recordingCaller({ cwd: '/tmp' })),
    );
    expect(second.hash).toBe(first.hash);
    await one.invoke(set('4'), recordingCaller());
    const third = planOf(await one.invoke({ ...set('3'), dryRun: true }, recordingCaller()));
    expect(third.hash).not.toBe(first.hash);
  });

  test('tells plan, start, step and end in that order', async ({ world }) => {
    const caller = recordingCaller();
    await hostIn(world).invoke(set('3'), caller);
    expect(caller.reports.map((report) => report.kind)).toEqual(['plan', 'started', 'step', 'ended']);
  });
});

describe('approval by hash', () => {
  test('applies the plan that was shown', async ({ world }) => {
    const host = hostIn(world);
    const { hash } = planOf(await host.invoke({ ...set('3'), dryRun: true }, recordingCaller()));
    const outcome = await host.invoke({ ...set('3'), approval: { plan: hash } }, recordingCaller());
    expect(outcome).toMatchObject({ kind: 'receipt', receipt: { status: 'done', plan: hash } });
    expect(answerOf(await host.invoke(get, recordingCaller()))).toBe(3);
  });

  test('refuses when the world has moved since', async ({ world }) => {
    const host = hostIn(world);
    const { hash } = planOf(await host.invoke({ ...set('3'), dryRun: true }, recordingCaller()));
    await host.invoke(set('4'), recordingCaller());
    const outcome = await host.invoke({ ...set('3'), approval: { plan: hash } }, recordingCaller());
    expect(outcome).toMatchObject({ kind: 'failure', failure: { code: 'plan-moved', exit: 'approval' } });
    expect(answerOf(await host.invoke(get, recordingCaller()))).toBe(4);
  });

  test('refuses a hash that nobody was shown', async ({ world }) => {
    const outcome = await hostIn(world).invoke(
      { ...set('3'), approval: { plan: 'ab12' } },
      recordingCaller(),
    );
    expect(outcome).toMatchObject({ kind: 'failure', failure: { code: 'plan-unseen' } });
  });
});

describe('undo', () => {
  test('takes back, redo brings again, and each refuses what was taken back already', async ({ world }) => {
    const host = hostIn(world);
    const original = answerOf(await host.invoke(get, recordingCaller()));
    await host.invoke(set('3'), recordingCaller());
    await host.invoke({ action: 'undo', input: {} }, recordingCaller());
    expect(answerOf(await host.invoke(get, recordingCaller()))).toBe(original);
    expect(await host.invoke({ action: 'undo', input: { id: '1' } }, recordingCaller())).toMatchObject({
      failure: { code: 'undo-done' },
    });
    await host.invoke({ action: 'redo', input: {} }, recordingCaller());
    expect(answerOf(await host.invoke(get, recordingCaller()))).toBe(3);
  });

  test('refuses when the world has moved, and names what moved', async ({ world }) => {
    const host = hostIn(world);
    await host.invoke(set('3'), recordingCaller());
    await host.invoke(set('4'), recordingCaller());
    const outcome = await host.invoke({ action: 'undo', input: { id: '1' } }, recordingCaller());
    expect(outcome).toMatchObject({
      kind: 'receipt',
      receipt: { status: 'refused', steps: [{ status: 'refused' }] },
      failure: { code: 'undo-moved', message: expect.stringContaining('undo.keepDays') },
    });
    expect(answerOf(await host.invoke(get, recordingCaller()))).toBe(4);
  });

  test('says so where there is nothing to take back', async ({ world }) => {
    const outcome = await hostIn(world).invoke({ action: 'undo', input: {} }, recordingCaller());
    expect(outcome).toMatchObject({ kind: 'failure', failure: { code: 'undo-nothing' } });
  });
});

describe('bad input', () => {
  test.for([
    ['config.sett', {}, 'action-unknown', 'did you mean config.set?'],
    ['config.set', { kee: 'a' }, 'input-invalid', 'did you mean "key"?'],
    ['config.set', { key: 3, value: '3' }, 'input-invalid', 'config set: key takes text.'],
    [
      'config.set',
      { key: 'editor', value: 'vi', scope: 'all' },
      'input-invalid',
      '--scope takes one of user,',
    ],
    ['config.set', { key: 'editor' }, 'input-invalid', 'config set: value is missing.'],
    ['activity.follow', {}, 'kind-mismatch', 'activity.follow is a stream'],
    ['activity.show', { id: '99' }, 'activity-unknown', 'There is no activity or plan 99'],
  ] as const)('%s %j is %s', async ([action, input, code, says], { world }) => {
    const outcome = await hostIn(world).invoke({ action, input }, recordingCaller());
    expect(outcome).toMatchObject({
      kind: 'failure',
      failure: { code, message: expect.stringContaining(says) },
    });
  });

  test('of an agent is told by the names of the fields', async ({ world }) => {
    const { actor, ...agent } = recordingCaller();
    const input = { key: 'editor', value: 'vi', scope: 'all' };
    const outcome = await hostIn(world).invoke(
      { action: 'config.set', input },
      { ...agent, actor: { ...actor, kind: 'agent', surface: 'mcp' } },
    );
    expect(outcome).toMatchObject({
      failure: { message: 'config.set: scope takes one of user, workspace.' },
    });
  });

  test('a broken settings file is never overwritten', async ({ world }) => {
    const host = hostIn(world);
    await host.invoke(set('3'), recordingCaller());
    const paths = pathsFrom(world.env);
    await writeFile(`${paths.config}/config.json`, '{ "undo": ');
    const outcome = await host.invoke(set('4'), recordingCaller());
    expect(outcome).toMatchObject({ kind: 'failure' });
    expect(await readFile(`${paths.config}/config.json`, 'utf8')).toBe('{ "undo": ');
  });
});
