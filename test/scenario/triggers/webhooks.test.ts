import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, expect } from 'vitest';
import { signatureOf } from '#engines/trigger/webhook.ts';
import { until } from '../../rig/until.ts';
import { daemonOf, gantryWell, killDaemon } from '../processes/house.ts';
import { linesIn, untilLines } from '../schedules/house.ts';
import {
  addWebhook,
  historyOf,
  logOf,
  post,
  test,
  tokenOf,
  triggerOf,
  untilListening,
  untilRuns,
  urlOf,
  writtenBy,
} from './house.ts';

const TELLS = 'cat; echo; env | grep ^GANTRY_TRIGGER';

describe('given a webhook', () => {
  test('when it is posted to with its token, then the command has the body as input and the rest as variables', async ({
    world,
  }) => {
    const token = await addWebhook(world, 'deploy', '--command', TELLS);
    const answer = await post(world, 'deploy', {
      token,
      body: '{"ref":"main"}',
      query: '?stage=prod&token=abc',
      headers: { 'x-github-event': 'push', cookie: 'session=1', 'x-api-key': 'hush' },
    });
    expect([answer.status, await answer.json()]).toEqual([202, { run: 1 }]);
    expect(await untilRuns(world, 'deploy', 1)).toMatchObject([
      { id: 1, outcome: 'done', said: 'exit code 0', event: 'a request with 14 bytes' },
    ]);
    const written = await writtenBy(world, 'deploy');
    expect(written).toContain('{"ref":"main"}');
    expect(written).toContain('GANTRY_TRIGGER_QUERY_STAGE=prod');
    expect(written).toContain('GANTRY_TRIGGER_HEADER_X_GITHUB_EVENT=push');
    for (const secret of [token, 'abc', 'hush', 'session=1']) expect(written).not.toContain(secret);
  });

  test('then its token is in nothing that is shown or kept, and only its owner can read it', async ({
    world,
  }) => {
    const added = await gantryWell(world, 'trigger', 'add', 'deploy', '--on', 'webhook', '--command', 'true');
    await untilListening(world, 'deploy');
    const token = await tokenOf(world, 'deploy');
    await post(world, 'deploy', { token });
    await untilRuns(world, 'deploy', 1);
    const told = await world.gantry(['trigger', 'token', 'deploy', '--json']);
    expect(told.json<{ token: string }>().data.token).toBe(token);
    const state = world.path('home', '.local', 'state', 'gantry');
    const kept = readdirSync(state)
      .filter((file) => /\.(db|db-wal|log)$/.test(file))
      .map((file) => readFileSync(`${state}/${file}`, 'latin1'));
    const shown = await Promise.all(
      [
        ['trigger', 'list', '--json'],
        ['activity', 'show', '1', '--json'],
        ['trigger', 'history', 'deploy'],
      ].map(async (words) => (await world.gantry(words)).stdout),
    );
    for (const text of [added.stdout, added.stderr, ...kept, ...shown]) expect(text).not.toContain(token);
    const { mode } = statSync(`${state}/triggers/deploy.token`);
    expect(mode & 0o777).toBe(0o600);
  });

  test('when the name or the token is wrong, or it is paused, then the answer is the same, and nothing is run', async ({
    world,
  }) => {
    const token = await addWebhook(world, 'deploy', '--command', 'true');
    const answers = [
      await post(world, 'other', { token }),
      await post(world, 'deploy', { token: 'wrong' }),
      await post(world, 'deploy'),
      await post(world, 'deploy', {
        headers: { 'x-hub-signature-256': signatureOf(Buffer.from(''), token) },
      }),
    ];
    await gantryWell(world, 'trigger', 'pause', 'deploy');
    await gantryWell(world, 'config', 'set', 'http.enabled', 'true');
    const paused = await until(() => post(world, 'deploy', { token }).catch(() => undefined), {
      what: 'the server to be there for its setting',
    });
    const told = await Promise.all(
      [...answers, paused].map(async (one) => `${one.status} ${await one.text()}`),
    );
    expect(new Set(told)).toHaveLength(1);
    expect(told[0]).toMatch(/^404 /);
    expect((await historyOf(world, 'deploy')).runs).toEqual([]);
  });

  test('when it takes signatures, then one of the very body will do, as GitHub makes it', async ({
    world,
  }) => {
    const token = await addWebhook(world, 'deploy', '--signed', '--command', 'cat');
    const body = '{"zen":"Design for failure."}';
    const signature = signatureOf(Buffer.from(body), token);
    const headers = { 'x-hub-signature-256': signature };
    expect((await post(world, 'deploy', { body, headers })).status).toBe(202);
    expect((await post(world, 'deploy', { body: `${body} `, headers })).status).toBe(404);
    expect(
      (await post(world, 'deploy', { body, headers: { 'x-hub-signature-256': 'sha256=' } })).status,
    ).toBe(404);
    await untilRuns(world, 'deploy', 1);
    expect(await writtenBy(world, 'deploy')).toBe(`${body}\n`);
  });

  test('when a body is larger than a megabyte, then it is refused, and nothing is run', async ({ world }) => {
    const token = await addWebhook(world, 'deploy', '--command', 'wc -c');
    const answer = await post(world, 'deploy', { token, body: 'x'.repeat(1_048_577) });
    expect(answer.status).toBe(413);
    const whole = await post(world, 'deploy', { token, body: 'x'.repeat(1_048_576) });
    expect(whole.status).toBe(202);
    await untilRuns(world, 'deploy', 1);
    expect((await writtenBy(world, 'deploy')).trim()).toBe('1048576');
  });

  test('when it is posted to more often than it may run, then it says when to come again, and the history why', async ({
    world,
  }) => {
    const token = await addWebhook(world, 'deploy', '--rate', '2', '--command', 'true');
    await post(world, 'deploy', { token });
    await post(world, 'deploy', { token });
    const third = await post(world, 'deploy', { token });
    expect(third.status).toBe(429);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(30);
    const runs = await untilRuns(world, 'deploy', 2);
    expect(runs).toHaveLength(2);
    expect((await historyOf(world, 'deploy')).passed?.why).toBe('it comes more than 2 times a minute');
  });

  test('when two come at once, then one waits for the other, or is left out where that is wanted', async ({
    world,
  }) => {
    const command = 'cat >> bodies; until [ -e go ]; do sleep 0.05; done';
    const token = await addWebhook(world, 'deploy', '--command', command);
    const both = await Promise.all(['a\n', 'b\n'].map((body) => post(world, 'deploy', { token, body })));
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    await until(async () => (await triggerOf(world, 'deploy')).waiting === 1, { what: 'one to wait' });
    const other = await addWebhook(world, 'skips', '--overlap', 'skip', '--command', command);
    expect((await post(world, 'skips', { token: other })).status).toBe(202);
    const left = await post(world, 'skips', { token: other });
    expect([left.status, await left.json()]).toEqual([200, { run: null, passed: 'a run still went on' }]);
    await world.run('touch', ['go']);
    await untilRuns(world, 'deploy', 2);
    expect(linesIn(world, 'bodies').toSorted()).toEqual(['a', 'b']);
  });

  test('when a header is hostile, then it is a value as any other, for the shell and for the terminal', async ({
    world,
  }) => {
    const token = await addWebhook(
      world,
      'deploy',
      '--command',
      'printf "%s|" "$GANTRY_TRIGGER_HEADER_X_NAME"',
    );
    const hostile = '$(touch pwned)`touch pwned`"; touch pwned; \'';
    await post(world, 'deploy', { token, headers: { 'x-name': hostile }, query: '?a%1b[31m%00b=%0aX=1' });
    await untilRuns(world, 'deploy', 1);
    expect(await writtenBy(world, 'deploy')).toContain(`${hostile}|`);
    expect(existsSync(world.path('work', 'pwned'))).toBe(false);
    const shown = await world.gantry(['activity', 'show', '2', '--json']);
    expect(shown.stdout + logOf(world)).not.toContain('\u001b');
  });

  test('when the daemon is killed, then the next one has the trigger, its token and what waits with its body', async ({
    world,
  }) => {
    const command = 'cat >> bodies; until [ -e go ]; do sleep 0.05; done';
    const token = await addWebhook(world, 'deploy', '--command', command);
    await post(world, 'deploy', { token, body: 'first\n' });
    await untilLines(world, 'bodies', 1);
    await post(world, 'deploy', { token, body: 'second\n' });
    await killDaemon(world);
    await world.run('touch', ['go']);
    await gantryWell(world, 'daemon', 'start');
    const runs = await untilRuns(world, 'deploy', 2);
    expect(linesIn(world, 'bodies')).toEqual(['first', 'second']);
    expect(runs[0]).toMatchObject({ outcome: 'done' });
    await untilListening(world, 'deploy');
    expect((await post(world, 'deploy', { token, body: 'third\n' })).status).toBe(202);
    await untilRuns(world, 'deploy', 3);
    expect(linesIn(world, 'bodies')).toEqual(['first', 'second', 'third']);
    expect(readdirSync(world.path('home', '.local', 'state', 'gantry', 'triggers', 'input'))).toHaveLength(0);
  });

  test('when it is removed, then its token is gone, and an undo brings it back with another', async ({
    world,
  }) => {
    const token = await addWebhook(world, 'deploy', '--command', 'true');
    const { token: file } = await triggerOf(world, 'deploy');
    await gantryWell(world, 'trigger', 'remove', 'deploy');
    expect(existsSync(String(file))).toBe(false);
    await gantryWell(world, 'undo');
    await untilListening(world, 'deploy');
    expect((await post(world, 'deploy', { token })).status).toBe(404);
    expect((await post(world, 'deploy', { token: await tokenOf(world, 'deploy') })).status).toBe(202);
  });
});

describe('given that another program has the port', () => {
  test('then the list and the doctor say so, the daemon lives on, and takes the port once it is free', async ({
    world,
  }) => {
    const other = createServer();
    const port = Number(world.env.GANTRY_HTTP_PORT);
    await new Promise<void>((listens) => other.listen(port, '127.0.0.1', listens));
    await gantryWell(world, 'trigger', 'add', 'deploy', '--on', 'webhook', '--command', 'true');
    const problem = `port ${port} is taken by another program`;
    await until(async () => (await triggerOf(world, 'deploy')).problem === problem, { what: 'the problem' });
    expect(await daemonOf(world)).toBeTypeOf('number');
    const doctor = await world.gantry(['doctor', 'daemon']);
    expect(doctor.stdout).toMatch(new RegExp(`http server +no +does not listen: ${problem}`));
    expect(
      logOf(world)
        .split('\n')
        .filter((line) => line.includes(problem)),
    ).toHaveLength(1);
    await new Promise((closed) => other.close(closed));
    await untilListening(world, 'deploy');
    expect((await post(world, 'deploy', { token: await tokenOf(world, 'deploy') })).status).toBe(202);
  });
});

describe('given that nothing needs the server', () => {
  test('then it does not listen until a setting says so', async ({ world }) => {
    await gantryWell(world, 'daemon', 'start');
    await expect(fetch(`${urlOf(world)}/health`)).rejects.toThrow('fetch failed');
    await gantryWell(world, 'config', 'set', 'http.enabled', 'true');
    const health = await until(() => fetch(`${urlOf(world)}/health`).catch(() => undefined), {
      what: 'the server',
    });
    expect(await health.json()).toEqual({ status: 'ok' });
  });
});
