import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { put } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';
import { digestOf, PHI, stageModels, TINY } from './stage.ts';

type Row = { id: string; verdict: string; size: number | null; why: string | null };

const check = async (world: World, ...ids: string[]) => {
  const finished = await world.gantry(['models', 'check', ...ids, '--json']);
  const { data, error } = finished.json<{ models: Row[] }>();
  return {
    code: finished.code,
    rows: data.models.map(({ id, verdict }) => [id, verdict]),
    models: data.models,
    error,
  };
};

describe('given a hub that has some of what the catalogs list', () => {
  test('when they are checked, then each is told by itself, and what is not there fails', async ({
    world,
  }) => {
    const { hub, bytes } = await stageModels(world, 5_000);
    const sha256 = digestOf(bytes);
    const { repo, file } = { repo: 'openai-community/gpt2', file: 'model.safetensors' };
    hub.put(repo, file, Buffer.alloc(500));
    put(
      world.path('work', 'catalog.toml'),
      `[[models]]\nid = "mine"\nname = "Mine"\nrepo = "${PHI.repo}"\nfile = "${PHI.file}"\nsize_bytes = 5000\nverified = true\nsha256 = "${sha256}"\n`,
    );
    put(world.path('work', '.gantry', 'workspace.toml'), '[workspace]\nname = "demo"\n');

    const well = await check(world, 'mine', 'tinyllama', 'gpt2');
    expect(well).toMatchObject({
      code: 0,
      rows: [
        ['mine', 'listed'],
        ['tinyllama', 'listed'],
        ['gpt2', 'listed'],
      ],
    });
    expect(well.models[1]?.why).toBe('the hub has 5.0 kB, and the catalog says 669 MB');

    hub.put(PHI.repo, PHI.file, Buffer.alloc(5_000));
    expect(await check(world, 'mine', 'tinyllama', 'mistral')).toMatchObject({
      code: 1,
      rows: [
        ['mine', 'differs'],
        ['tinyllama', 'listed'],
        ['mistral', 'missing'],
      ],
      error: { code: 'catalog-wrong', details: { models: ['mine', 'mistral'] } },
    });
  });

  test('when its owner wants to be asked, then that is no fault of the catalog', async ({ world }) => {
    const { hub } = await stageModels(world, 5_000);
    hub.fault = () => ({ status: 403, headers: { 'x-error-code': 'GatedRepo' } });
    expect(await check(world, TINY.id)).toMatchObject({ code: 0, rows: [['tinyllama', 'gated']] });
  });

  test('when it does not answer, then nobody knows', async ({ world }) => {
    const { hub } = await stageModels(world, 5_000);
    await hub.close();
    world.env.HF_ENDPOINT = hub.url;
    expect(await check(world, TINY.id)).toMatchObject({
      code: 7,
      rows: [['tinyllama', 'unknown']],
      error: { code: 'catalog-unchecked' },
    });
  });
});
