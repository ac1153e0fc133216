import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { artifactText, documentOne, strictArtifact } from '../../rig/artifacts.ts';
import { test } from '../../rig/test.ts';
import { gantryWell, marked } from './house.ts';

const serving = (command: string) => ({
  orchestration: {
    definitions: { serve: { type: 'shell', command } },
    flows: { main: { steps: ['serve'] } },
  },
});

describe('given an artifact', () => {
  test('when it is started, then its flow is kept running in its directory under its name', async ({
    world,
  }) => {
    const file = world.path('work', 'hello.jos');
    await writeFile(file, artifactText(strictArtifact(serving('pwd; exec sleep 1000'))));
    await gantryWell(world, 'service', 'start', 'hello.jos', '--replicas', '2', '--wait');
    expect([...marked(world).keys()].toSorted()).toEqual(['hello-there:0', 'hello-there:1']);
    const { stdout } = await world.gantry(['service', 'inspect', 'hello-there', '--json']);
    const { data } = JSON.parse(stdout);
    expect(data.service).toMatchObject({ state: 'running', ready: 2, version: '1.2.3', artifact: file });
    expect(data.lines.map(({ text }: { text: string }) => text)).toEqual([
      world.path('work'),
      world.path('work'),
    ]);
  });

  test('when several are started at once and one is broken, then nothing is started, and what is wrong has its place', async ({
    world,
  }) => {
    await writeFile(world.path('work', 'good.jos'), artifactText(documentOne(serving('exec sleep 1000'))));
    await writeFile(world.path('work', 'bad.jos'), '{\n  "jos": {},\n}\n');
    const started = await world.gantry(['service', 'start', 'good.jos', 'bad.jos', '--json']);
    expect(started.json().error).toMatchObject({ code: 'artifact-json' });
    expect(started.json().error.message).toContain('bad.jos:3:1');
    expect(marked(world).size).toBe(0);
    const missing = await world.gantry(['service', 'start', 'goood.jos', '--json']);
    expect(missing.json().error.message).toContain('Did you mean good.jos?');
  });

  test('when it is not what was signed, then it is started only by who says so', async ({ world }) => {
    const file = world.path('work', 'hello.jos');
    await writeFile(file, artifactText(documentOne(serving('exec sleep 1000'))));
    await gantryWell(world, 'service', 'sign', 'hello.jos');
    await gantryWell(world, 'service', 'start', 'hello.jos', '--name', 'signed');
    await world.run('sed', ['-i', 's/sleep 1000/sleep 2000/', file]);
    const refused = await world.gantry(['service', 'start', 'hello.jos', '--json']);
    expect(refused.json().error).toMatchObject({ code: 'integrity-failed' });
    await gantryWell(world, 'service', 'start', 'hello.jos', '--insecure');
    expect([...marked(world).keys()].toSorted()).toEqual(['hello-there:0', 'signed:0']);
  });
});

describe('given a service with a probe', () => {
  test('when it is asked how it is, then each replica answers for itself', async ({ world }) => {
    const command = 'touch up.$GANTRY_REPLICA; exec sleep 1000';
    const health = 'test -e up.$GANTRY_REPLICA';
    await gantryWell(
      world,
      'service',
      'start',
      '--name',
      'web',
      '--command',
      command,
      '--replicas',
      '2',
      '--health',
      health,
      '--wait',
    );
    await world.run('rm', ['up.1']);
    const asked = await world.gantry(['service', 'health', 'web', '--json']);
    const { data, error } = asked.json<{ health: object[] }>();
    expect(asked.code).toBe(1);
    expect(error).toMatchObject({
      code: 'process-red',
      message: 'web:1 is not well.',
      next: ['gantry process logs web:1 --tail 20'],
    });
    expect(data.health).toMatchObject([
      { process: 'web:0', ok: true, standing: 'well', said: 'exit code 0' },
      { process: 'web:1', ok: false, standing: 'red', why: 'does not answer as it should: exit code 1' },
    ]);
    await world.run('touch', [world.path('work', 'up.1')]);
    await gantryWell(world, 'service', 'health', 'web');
    await gantryWell(world, 'service', 'stop', 'web:1');
    const stopped = (await gantryWell(world, 'service', 'health', '--json')).json<{ health: object[] }>();
    expect(stopped.data.health).toMatchObject([
      { process: 'web:0', ok: true, standing: 'well' },
      { process: 'web:1', ok: false, standing: 'resting', phase: 'stopped' },
    ]);
  });

  test('when it does not become ready, then waiting for it fails and says what its probe heard', async ({
    world,
  }) => {
    const start = ['service', 'start', '--name', 'web', '--restart', 'never', '--wait'];
    const failed = await world.gantry([...start, '--command', 'exit 3', '--health', 'tcp:1', '--json']);
    expect(failed.json().error).toMatchObject({ code: 'process-not-ready' });
    expect(failed.json().error.message).toBe('web:0 is failed: it ended with exit code 3.');
  });

  test('when a variable looks like a secret, then it is refused and stands nowhere', async ({ world }) => {
    const start = ['service', 'start', '--name', 'web', '--command', 'exec sleep 1000', '--set'];
    const refused = await world.gantry([...start, 'API_TOKEN=hunter2', '--json']);
    expect(refused.json().error).toMatchObject({ code: 'variable-secret' });
    expect(refused.stdout + refused.stderr).not.toContain('hunter2');
    expect(marked(world).size).toBe(0);
  });
});

test('given two hundred replicas, when they are started and stopped, then each runs once and none is left', async ({
  world,
}) => {
  await gantryWell(
    world,
    'service',
    'start',
    '--name',
    'many',
    '--command',
    'exec sleep 1000',
    '--replicas',
    '200',
  );
  const found = marked(world);
  expect(found.size).toBe(200);
  expect([...found.values()].every((pids) => pids.length === 1)).toBe(true);
  const { data } = (await world.gantry(['service', 'list', '--json'])).json<{ services: object[] }>();
  expect(data.services).toMatchObject([{ id: 'many', state: 'running', ready: 200, replicas: 200 }]);
  await gantryWell(world, 'service', 'stop', 'many');
  expect(marked(world).size).toBe(0);
});
