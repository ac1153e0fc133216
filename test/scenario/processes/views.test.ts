import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { artifactText, strictArtifact } from '../../rig/artifacts.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { gantryWell, processesOf } from './house.ts';

test('given services, then ~/.jos/services has them as other programs expect, and what somebody else put there stays', async ({
  world,
}) => {
  const place = world.path('home', '.jos', 'services');
  const artifact = strictArtifact({
    orchestration: {
      definitions: { serve: { type: 'shell', command: 'echo up; exec sleep 1000' } },
      flows: { main: { steps: ['serve'] } },
    },
  });
  await writeFile(world.path('work', 'hello.jos'), artifactText(artifact));
  await gantryWell(world, 'service', 'start', 'hello.jos', '--name', 'web', '--port', '4100');
  const pid = (await processesOf(world))[0]?.pid;
  const registry = async () => JSON.parse(await readFile(`${place}/registry.json`, 'utf8').catch(() => '{}'));
  const entry = await until(async () => (await registry()).services?.web, { what: 'its entry' });
  expect(entry).toMatchObject({
    ...{ artifact: world.path('work', 'hello.jos'), status: 'running', desired: 'running', restarts: 0 },
    replicas: [{ index: 0, pid, port: 4_100 }],
  });
  expect((await readdir(`${place}/web`)).toSorted()).toEqual(['artifact.jos', 'config.json', 'logs', 'pid']);
  expect(await readFile(`${place}/web/pid`, 'utf8')).toBe(`${pid}\n`);
  expect(await readFile(`${place}/web/logs/current.log`, 'utf8')).toBe('up\n');
  expect(await readlink(`${place}/web/artifact.jos`)).toBe(world.path('work', 'hello.jos'));
  await world.run('mkdir', [`${place}/other`]);
  await gantryWell(world, 'service', 'remove', 'web');
  await until(async () => Object.keys((await registry()).services).length === 0, { what: 'its entry to go' });
  expect((await readdir(place)).toSorted()).toEqual(['other', 'registry.json']);
});
