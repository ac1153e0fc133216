import { writeFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { artifactText, strictArtifact } from '../../rig/artifacts.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { gantryWell, marked, processesOf } from './house.ts';

/** An artifact of a version that is ready where the file of that name is there. */
const putArtifact = (world: World, version: string, command = 'echo $VERSION; exec sleep 1000') =>
  writeFile(
    world.path('work', 'web.jos'),
    artifactText(
      strictArtifact({
        meta: { name: 'web', version, type: 'service' },
        orchestration: {
          definitions: { serve: { type: 'shell', command } },
          flows: { main: { steps: ['serve'] } },
        },
      }),
    ),
  );

const versions = async (world: World) => (await processesOf(world)).map(({ id, about }) => `${id} ${about}`);

describe('given a service of an artifact', () => {
  test('when another version is deployed, then each replica is replaced by one that was ready before', async ({
    world,
  }) => {
    await putArtifact(world, '1.0.0');
    await gantryWell(world, 'service', 'start', 'web.jos', '--replicas', '2', '--port', '4100');
    await putArtifact(world, '2.0.0');
    const deployed = await gantryWell(world, 'service', 'deploy', 'web.jos', '--json');
    const steps = deployed.json().receipt.steps as { step: string }[];
    expect(steps.map(({ step }) => step)).toEqual([
      'process web:2/1',
      'process web:0/1',
      'process web:3/1',
      'process web:1/1',
      'web/1',
    ]);
    expect(await versions(world)).toEqual(['web:2 2.0.0', 'web:3 2.0.0']);
    expect([...marked(world).keys()].toSorted()).toEqual(['web:2', 'web:3']);
    await gantryWell(world, 'service', 'rollback', 'web');
    expect(await versions(world)).toEqual(['web:0 1.0.0', 'web:1 1.0.0']);
    const { data } = (await world.gantry(['service', 'history', 'web', '--json'])).json<{
      releases: object[];
    }>();
    expect(data.releases).toMatchObject([
      { number: 3, version: '1.0.0', current: true },
      { number: 2, version: '2.0.0', current: false },
      { number: 1, version: '1.0.0', current: true },
    ]);
  });

  test('when a version is deployed that does not work, then the old one goes on and nothing of the new one is left', async ({
    world,
  }) => {
    await putArtifact(world, '1.0.0');
    await gantryWell(world, 'service', 'start', 'web.jos', '--replicas', '2');
    const before = marked(world);
    await putArtifact(world, '2.0.0', 'echo no such thing; exit 7');
    const deployed = await world.gantry(['service', 'deploy', 'web.jos', '--json']);
    expect(deployed.code).toBe(1);
    expect(deployed.json().error.message).toMatch(/^web:2 is crash-loop: .*exit code 7.*no such thing/);
    expect(marked(world)).toEqual(before);
    expect(await versions(world)).toEqual(['web:0 1.0.0', 'web:1 1.0.0']);
  });

  test('when what is deployed already is deployed, then nothing happens; without an earlier release nothing is rolled back', async ({
    world,
  }) => {
    await putArtifact(world, '1.0.0');
    await gantryWell(world, 'service', 'deploy', 'web.jos');
    const before = await processesOf(world);
    const again = await gantryWell(world, 'service', 'deploy', 'web.jos', '--json');
    expect(again.json().receipt.steps).toMatchObject([{ status: 'skipped', summary: 'is deployed already' }]);
    expect(await processesOf(world)).toEqual(before);
    const back = await world.gantry(['service', 'rollback', 'web', '--json']);
    expect(back.json().error).toMatchObject({ code: 'release-unknown' });
  });
});
