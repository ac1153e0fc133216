import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { Answer } from '#engines/core/question.ts';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { ADA, caller, clientArgs, filesOf, HERE, reach, statusOf } from './client.ts';

const running = (world: World) =>
  until(async () => (await statusOf(world)).activities?.find(({ activity }) => activity !== null), {
    what: 'an activity to begin',
  });

/** A caller that is asked and never answers. */
function speechless(world: World) {
  const asked = Promise.withResolvers<void>();
  const ask = () => {
    asked.resolve();
    return new Promise<Answer>(() => {});
  };
  return { asked: asked.promise, silent: caller(world, { ask }) };
}

describe('given a client of the daemon', () => {
  test('when it invokes, then the action knows who calls, from where and with which agent', async ({
    world,
  }) => {
    world.env.SSH_AUTH_SOCK = '/run/ada/agent';
    const host = await reach(world, { workspace: world.path('work') });

    const outcome = await host.invoke(
      { action: 'caller.show', input: {} },
      caller(world, { workspace: '/elsewhere' }),
    );

    expect(outcome).toEqual({
      kind: 'data',
      data: {
        actor: { ...ADA, host: HERE },
        cwd: world.path('work'),
        workspace: '/elsewhere',
        agent: '/run/ada/agent',
        knowsAgent: true,
      },
    });
  });

  test('when it has no agent, then it is not given the one of whoever started the daemon', async ({
    world,
  }) => {
    await reach(world, { env: { ...world.env, SSH_AUTH_SOCK: '/run/first/agent' } });
    const host = await reach(world);

    const outcome = await host.invoke({ action: 'caller.show', input: {} }, caller(world));

    expect(outcome).toMatchObject({ data: { agent: null, knowsAgent: true } });
  });

  test('when its signal aborts, then the action is cancelled', async ({ world }) => {
    const host = await reach(world);
    const stop = new AbortController();
    const done = world.path('work', 'done');
    const outcome = host.invoke(
      { action: 'work.do', input: { until: world.path('work', 'never'), done } },
      caller(world, { signal: stop.signal }),
    );
    await running(world);

    stop.abort();

    expect(await outcome).toMatchObject({ kind: 'failure', failure: { code: 'cancelled' } });
    expect(existsSync(done)).toBe(false);
  });

  test('when an action asks, then the caller answers', async ({ world }) => {
    const host = await reach(world);
    const asked: unknown[] = [];
    const ask = async (question: unknown): Promise<Answer> => {
      asked.push(question);
      return { kind: 'text', value: 's3cret' };
    };

    const outcome = await host.invoke(
      { action: 'person.ask', input: { prompt: 'Password: ' } },
      caller(world, { ask }),
    );

    expect(asked).toEqual([{ kind: 'credential', prompt: 'Password: ', secret: true }]);
    expect(outcome).toEqual({ kind: 'data', data: { kind: 'text', value: 's3cret' } });
  });

  test('when what came of it does not fit into a message, then that is one clear failure', async ({
    world,
  }) => {
    const host = await reach(world);

    expect(await host.invoke({ action: 'answer.huge', input: {} }, caller(world))).toMatchObject({
      kind: 'failure',
      failure: { code: 'line-too-long' },
    });
    expect(await host.invoke({ action: 'caller.show', input: {} }, caller(world))).toMatchObject({
      kind: 'data',
    });
  });
});

test('given an input that does not fit into a message, when it is sent, then only that call fails', async ({
  world,
}) => {
  const host = await reach(world);

  const input = { file: 'x'.repeat(17 * 1024 * 1024) };

  expect(await host.invoke({ action: 'program.run', input }, caller(world))).toMatchObject({
    failure: { code: 'line-too-long' },
  });
  expect(await host.invoke({ action: 'caller.show', input: {} }, caller(world))).toMatchObject({
    kind: 'data',
  });
});

describe('given an action that runs', () => {
  test('when its client is killed, then it goes on to its end', async ({ world }) => {
    const [go, done] = [world.path('work', 'go'), world.path('work', 'done')];
    const client = world.start(
      process.execPath,
      clientArgs('daemon', 'work.do', { activity: '7', until: go, done }),
    );
    await running(world);

    await client.stop('SIGKILL');
    await until(async () => (await statusOf(world)).clients === 0, { what: 'the client to be missed' });
    expect(await statusOf(world)).toMatchObject({ activities: [{ activity: '7', action: 'work.do' }] });
    writeFileSync(go, '');

    await until(() => existsSync(done), { what: 'the work to be done' });
    expect(readFileSync(done, 'utf8')).toBe('7');
  });

  test('when another client attaches, then it hears what was said, what comes and the outcome', async ({
    world,
  }) => {
    const [go, done] = [world.path('work', 'go'), world.path('work', 'done')];
    const first = await reach(world);
    void first.invoke({ action: 'work.do', input: { activity: '8', until: go, done } }, caller(world));
    await running(world);
    await first.close();

    const second = await reach(world);
    const watching = caller(world);
    const outcome = second.attach('8', watching);
    await until(() => watching.reports.length === 2, { what: 'the earlier reports' });
    expect(watching.reports).toEqual([
      { kind: 'started', activity: '8' },
      { kind: 'note', text: 'begun' },
    ]);

    writeFileSync(go, '');
    expect(await outcome).toEqual({ kind: 'data', data: '8' });
    expect(watching.reports.at(-1)).toEqual({ kind: 'note', text: 'going on' });
  });

  test('when the one who attached aborts, then it is cancelled', async ({ world }) => {
    const first = await reach(world);
    const begun = first.invoke(
      { action: 'work.do', input: { activity: '9', until: world.path('work', 'never') } },
      caller(world),
    );
    await running(world);
    const stop = new AbortController();
    const attached = (await reach(world)).attach('9', caller(world, { signal: stop.signal }));

    stop.abort();

    expect(await attached).toMatchObject({ failure: { code: 'cancelled' } });
    expect(await begun).toMatchObject({ failure: { code: 'cancelled' } });
  });

  test('when the one who is asked goes away, then another one who follows is asked', async ({ world }) => {
    const first = await reach(world);
    const { asked, silent } = speechless(world);
    void first.invoke({ action: 'person.ask', input: { activity: '10' } }, silent);
    await asked;
    const second = await reach(world);
    const outcome = second.attach(
      '10',
      caller(world, { ask: async () => ({ kind: 'text', value: 'mine' }) }),
    );
    // The answer to a later message says that the earlier one was heard.
    await second.invoke({ action: 'caller.show', input: {} }, caller(world));

    await first.close();

    expect(await outcome).toEqual({ kind: 'data', data: { kind: 'text', value: 'mine' } });
  });

  test('when an agent attaches to what a person began, then the agent is not asked', async ({ world }) => {
    const first = await reach(world);
    const { asked, silent } = speechless(world);
    void first.invoke({ action: 'person.ask', input: { activity: '11' } }, silent);
    await asked;
    const agent = await reach(world, { actor: { ...ADA, kind: 'agent', surface: 'mcp' } });
    const outcome = agent.attach('11', caller(world, { ask: async () => ({ kind: 'yes' }) }));
    await agent.invoke({ action: 'caller.show', input: {} }, caller(world));

    await first.close();

    expect(await outcome).toEqual({ kind: 'data', data: { kind: 'needs-input' } });
  });

  test('when everybody who could be asked goes away, then the answer is that nobody is there', async ({
    world,
  }) => {
    const first = await reach(world);
    const { asked, silent } = speechless(world);
    void first.invoke({ action: 'person.ask', input: {} }, silent);
    await asked;

    await first.close();

    await until(async () => (await statusOf(world)).activities?.length === 0, { what: 'the action to end' });
  });
});

test('given no such activity, when a client attaches, then it is told where to look', async ({ world }) => {
  const host = await reach(world);

  expect(await host.attach('404', caller(world))).toMatchObject({
    kind: 'failure',
    failure: { code: 'activity-not-running', next: ['gantry activity show 404'] },
  });
});

test('given calls under way, when the daemon is killed, then they end and say how to go on', async ({
  world,
}) => {
  const host = await reach(world);
  const outcome = host.invoke(
    { action: 'work.do', input: { until: world.path('work', 'never') } },
    caller(world),
  );
  const rows = host.follow(
    'rows.watch',
    { rows: world.path('work', 'rows'), log: world.path('work', 'log') },
    caller(world),
  );
  writeFileSync(world.path('work', 'rows'), 'a 1\n');
  const iterator = rows[Symbol.asyncIterator]();
  await iterator.next();

  signalTo(host.pid, 'SIGKILL');

  const lost = { code: 'daemon-lost', next: ['gantry activity list', 'gantry daemon logs'] };
  expect(await outcome).toMatchObject({ kind: 'failure', failure: lost });
  await expect(iterator.next()).rejects.toMatchObject({ failure: lost });
  await host.closed;
});

test('given an exception that nobody caught, when the daemon dies of it, then the log says why', async ({
  world,
}) => {
  const host = await reach(world);

  await host.invoke({ action: 'daemon.die', input: {} }, caller(world));

  await host.closed;
  expect(readFileSync(filesOf(world).log, 'utf8')).toMatch(/died of: Error: an unforeseen end/);
});
