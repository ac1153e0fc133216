import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { artifactText, documentOne, strictArtifact, writeArtifact } from '../../rig/artifacts.ts';
import type { World } from '../../rig/home.ts';
import { signalTo } from '../../rig/process.ts';
import { until } from '../../rig/until.ts';
import { gantryWell } from '../processes/house.ts';
import { historyOf, test, untilListening, urlOf } from './house.ts';

const DECLARED = { execution: { bindings: { a2a: { payload_format: '.jos' } } } };

const REPORT = documentOne({
  ...DECLARED,
  orchestration: {
    definitions: {
      greet: { type: 'shell', command: 'echo "$GANTRY_TRIGGER_TASK" >> tasks' },
      fail: { type: 'shell', command: 'exit 4' },
      wait: { type: 'shell', command: 'echo $$ > pid; exec sleep 1000' },
    },
    flows: {
      main: { steps: ['greet', 'greet'] },
      bad: { steps: ['greet', 'fail'] },
      slow: { steps: ['wait'] },
    },
  },
});

const expose = async (world: World, name: string, ...words: string[]): Promise<string> => {
  await writeArtifact(world.path('work', 'report.jos'), REPORT);
  await gantryWell(world, 'trigger', 'add', name, '--on', 'a2a', '--artifact', 'report.jos', ...words);
  await untilListening(world, name);
  return (await readFile(world.path('home', '.local', 'state', 'gantry', 'http.token'), 'utf8')).trim();
};

type Task = {
  id: string;
  status: { state: string; message?: { parts: { text: string }[] } };
  artifacts: {
    execution_log: { steps_completed: number; success_criteria_met: boolean; witness_ref: string };
  }[];
};

type Answer = { result: Task; error: { code: number; message: string } };

const call = async (world: World, token: string, method: string, params: object): Promise<Answer> => {
  const answer = await fetch(`${urlOf(world)}/a2a`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return (await answer.json()) as Answer;
};

const asking = (artifact: unknown, more: object = {}) => ({
  message: { role: 'user', parts: [{ type: 'application/jos', artifact, ...more }] },
});

/** The process that the flow `slow` waits in. */
const untilWaiting = (world: World): Promise<number> =>
  until(
    () =>
      readFile(world.path('work', 'pid'), 'utf8').then(
        (text) => Number(text) || undefined,
        () => undefined,
      ),
    { what: 'its step to run' },
  );

describe('given an artifact that declares A2A and was exposed', () => {
  test('then the card tells of it, at both of its places', async ({ world }) => {
    await expose(world, 'report');
    const cards = await Promise.all(
      ['agent-card.json', 'agent.json'].map(async (name) =>
        (await fetch(`${urlOf(world)}/.well-known/${name}`)).json(),
      ),
    );
    expect(cards[0]).toEqual(cards[1]);
    expect(cards[0]).toMatchObject({
      url: `${urlOf(world)}/a2a`,
      capabilities: { formats: expect.arrayContaining(['application/jos']) },
      skills: [{ id: 'execute-jos', parameters: { artifact: ['report'], flow: ['main'] } }],
    });
  });

  test('when a task asks for it, then it is run to its end, and the task has the log of that', async ({
    world,
  }) => {
    const token = await expose(world, 'report');
    const { result } = await call(world, token, 'tasks/send', { id: 'task-1', ...asking('report') });
    expect(result).toMatchObject({ id: 'task-1', status: { state: 'completed' } });
    const [{ execution_log: log }] = result.artifacts as [Task['artifacts'][number]];
    expect(log).toMatchObject({ steps_completed: 2, success_criteria_met: true });
    expect(await readFile(log.witness_ref, 'utf8')).toContain('run:success');
    expect(await readFile(world.path('work', 'tasks'), 'utf8')).toBe('task-1\ntask-1\n');
    expect((await call(world, token, 'tasks/get', { id: 'task-1' })).result).toEqual(result);
    await call(world, token, 'tasks/send', { id: 'task-1', ...asking('report') });
    expect((await historyOf(world, 'report')).runs).toHaveLength(1);
  });

  test('when a task brings the artifact itself, then it is run where it is that very one', async ({
    world,
  }) => {
    const token = await expose(world, 'report');
    const part = { kind: 'data', mediaType: 'application/vnd.jos+json', data: REPORT };
    const same = await call(world, token, 'message/send', { message: { parts: [part] } });
    expect(same.result.status.state).toBe('completed');
    const text = artifactText(REPORT);
    expect((await call(world, token, 'tasks/send', asking(text))).result.status.state).toBe('completed');
    const other = { ...REPORT, meta: { name: 'Hello there', version: '6.6.6' } };
    expect((await call(world, token, 'tasks/send', asking(other))).error.message).toBe(
      'That artifact is not exposed here.',
    );
    expect((await historyOf(world, 'report')).runs).toHaveLength(2);
  });

  test('when a flow fails, then so does the task', async ({ world }) => {
    const token = await expose(world, 'bad', '--flow', 'bad');
    const { result } = await call(world, token, 'tasks/send', asking('bad', { flow: 'bad' }));
    expect(result.status.state).toBe('failed');
    expect(result.artifacts[0]?.execution_log).toMatchObject({
      steps_completed: 1,
      success_criteria_met: false,
    });
  });

  test('when the token is missing, the artifact or flow another one, or the file was changed, then nothing is run', async ({
    world,
  }) => {
    const token = await expose(world, 'report');
    const anonymous = await fetch(`${urlOf(world)}/a2a`, { method: 'POST', body: '{}' });
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    await writeArtifact(world.path('work', 'other.jos'), documentOne(DECLARED));
    const refused = async (params: object) => (await call(world, token, 'tasks/send', params)).error.message;
    expect(await refused(asking('other.jos'))).toBe('That artifact is not exposed here.');
    expect(await refused(asking('../work/report.jos'))).toBe('That artifact is not exposed here.');
    expect(await refused(asking('report', { flow: 'bad' }))).toBe('Its flow "bad" is not exposed here.');
    expect(await refused({ message: { parts: [{ type: 'text', text: 'hello' }] } })).toMatch(
      /application\/jos/,
    );
    await writeFile(world.path('work', 'report.jos'), artifactText({ ...REPORT, capabilities: [] }));
    expect(await refused(asking('report'))).toBe('It was changed since it was exposed.');
    expect((await historyOf(world, 'report')).runs).toEqual([]);
  });

  test('when a task is taken back while it runs, then what it does is ended, and the task says so', async ({
    world,
  }) => {
    const token = await expose(world, 'slow', '--flow', 'slow');
    const sent = call(world, token, 'tasks/send', { id: 'long', ...asking('slow', { flow: 'slow' }) });
    const pid = await untilWaiting(world);
    const cancelled = await call(world, token, 'tasks/cancel', { id: 'long' });
    expect(cancelled.result).toMatchObject({ id: 'long', status: { state: 'canceled' } });
    expect((await sent).result.status.state).toBe('canceled');
    await until(() => !signalTo(pid, 0), { what: 'its step to be gone' });
    expect((await historyOf(world, 'slow')).runs).toMatchObject([{ outcome: 'cancelled' }]);

    const codeOf = async (id: string) => (await call(world, token, 'tasks/cancel', { id })).error.code;
    expect(await codeOf('long')).toBe(-32_002);
    expect(await codeOf('other')).toBe(-32_001);
  });

  test('when it is to be heard of as it goes on, then each state comes as an event, for all who listen', async ({
    world,
  }) => {
    const token = await expose(world, 'slow', '--flow', 'slow');
    const listen = (method: string, params: object, signal?: AbortSignal) =>
      fetch(`${urlOf(world)}/a2a`, {
        ...{ method: 'POST', headers: { authorization: `Bearer ${token}` }, signal },
        body: JSON.stringify({ jsonrpc: '2.0', id: 'x', method, params }),
      });
    const eventsOf = async (answer: Promise<Response>) => {
      expect((await answer).headers.get('content-type')).toBe('text/event-stream');
      const events = (await (await answer).text()).trim().split('\n\n');
      return events.map(
        (event) => (JSON.parse(event.replace(/^data: /, '')) as { result: Task & { kind: string } }).result,
      );
    };
    const { message } = asking('slow', { flow: 'slow' });
    const sent = eventsOf(listen('message/stream', { message: { ...message, taskId: 'long' } }));
    await untilWaiting(world);
    const again = eventsOf(listen('tasks/resubscribe', { id: 'long' }));
    const leaving = new AbortController();
    await listen('tasks/resubscribe', { id: 'long' }, leaving.signal);
    leaving.abort();
    await call(world, token, 'tasks/cancel', { id: 'long' });

    for (const events of [await sent, await again]) {
      expect(events[0]).toMatchObject({ kind: 'task', id: 'long' });
      expect(events.at(-2)).toMatchObject({ kind: 'artifact-update', artifact: { name: 'execution_log' } });
      expect(events.at(-1)).toMatchObject({
        ...{ kind: 'status-update', taskId: 'long', final: true },
        status: { state: 'canceled' },
      });
    }
    const ended = await eventsOf(listen('tasks/resubscribe', { id: 'long' }));
    expect(ended.map(({ kind, status }) => [kind, status.state])).toEqual([
      ['task', 'canceled'],
      ['status-update', 'canceled'],
    ]);
    const unknown = await call(world, token, 'tasks/resubscribe', { id: 'other' });
    expect(unknown.error.code).toBe(-32_001);
  });

  test('when several calls come at once, then each that waits for an answer gets its own', async ({
    world,
  }) => {
    const token = await expose(world, 'report');
    const post = (body: object) =>
      fetch(`${urlOf(world)}/a2a`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    const send = { jsonrpc: '2.0', method: 'tasks/send', params: { id: 'task-1', ...asking('report') } };
    const answer = await post([
      { ...send, id: 'a' },
      { jsonrpc: '2.0', id: 'b', method: 'tasks/get', params: { id: 'nobody' } },
      { jsonrpc: '2.0', method: 'tasks/get', params: { id: 'nobody' } },
      7,
    ]);
    expect(await answer.json()).toMatchObject([
      { id: 'a', result: { id: 'task-1', status: { state: 'completed' } } },
      { id: 'b', error: { code: -32_001 } },
      { id: null, error: { code: -32_600 } },
    ]);
    const silent = await post([{ jsonrpc: '2.0', method: 'tasks/get', params: { id: 'task-1' } }]);
    expect([silent.status, await silent.text()]).toEqual([204, '']);
    expect((await historyOf(world, 'report')).runs).toHaveLength(1);
  });

  test('when what is sent is no call, then it is answered as JSON-RPC has it', async ({ world }) => {
    const token = await expose(world, 'report');
    const codeOf = async (body: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${urlOf(world)}/a2a`, { method: 'POST', headers, body });
      return ((await answer.json()) as Answer).error.code;
    };
    expect(await codeOf('{')).toBe(-32_700);
    expect(await codeOf('[]')).toBe(-32_600);
    expect(await codeOf('{"jsonrpc":"2.0","id":1,"method":"tasks/destroy"}')).toBe(-32_601);
    expect(await codeOf('{"jsonrpc":"2.0","id":1,"method":"constructor"}')).toBe(-32_601);
    expect(await codeOf('{"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"id":"x"}}')).toBe(-32_001);
  });
});

describe('given an artifact that was not exposed', () => {
  test('then no card tells of it, and one that does not declare A2A can not be', async ({ world }) => {
    await gantryWell(world, 'config', 'set', 'http.enabled', 'true');
    await gantryWell(world, 'trigger', 'add', 'hook', '--on', 'webhook', '--command', 'true');
    await untilListening(world, 'hook');
    expect((await fetch(`${urlOf(world)}/.well-known/agent-card.json`)).status).toBe(404);
    await writeFile(world.path('work', 'plain.jos'), artifactText(strictArtifact()));
    const added = await world.gantry([
      'trigger',
      'add',
      '--on',
      'a2a',
      '--artifact',
      'plain.jos',
      '--yes',
      '--json',
    ]);
    expect(added.json().error).toMatchObject({ code: 'trigger-undeclared' });
  });
});
