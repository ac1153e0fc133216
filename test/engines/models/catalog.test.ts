import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { failureOf } from '#engines/core/errors.ts';
import { findEntry, readCatalog, userCatalogFile } from '#engines/models/catalog/read.ts';
import { SHIPPED } from '#engines/models/catalog/shipped.ts';
import { placeOf } from '#engines/models/place.ts';
import { shippedCatalog } from '../../../scripts/registry/catalog.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const contextOf = (world: World) => testContext(world, { workspace: world.path('work') });

const put = async (file: string, text: string) => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
};

const entry = (more: Record<string, string | number | boolean>) => {
  const table = {
    id: 'mine',
    name: 'Mine',
    repo: 'me/mine',
    file: 'mine.gguf',
    size_bytes: 5,
    verified: true,
  };
  const lines = Object.entries({ ...table, ...more }).map(
    ([key, value]) => `${key} = ${JSON.stringify(value)}`,
  );
  return ['[[models]]', ...lines, ''].join('\n');
};

const failureFor = (run: () => unknown) => {
  try {
    run();
  } catch (thrown) {
    return failureOf(thrown);
  }
  return undefined;
};

describe('the shipped catalog', () => {
  test('is the one at the root of the project: npm run registry', async () => {
    const text = await readFile(join(root, 'catalog.toml'), 'utf8');
    const module = await readFile(join(root, 'src/engines/models/catalog/shipped.ts'), 'utf8');
    expect(module).toBe(shippedCatalog(text));
  });

  test('has ten models; those that are doubtful say why, those that are converted say how', () => {
    expect(SHIPPED.map(({ id }) => id)).toEqual([
      ...['tinyllama', 'qwen', 'qwen-fp16', 'phi3', 'llama3'],
      ...['llama32', 'llama2', 'mistral', 'gpt2', 'granite'],
    ]);
    for (const { verified, doubt } of SHIPPED) expect(doubt === undefined).toBe(verified);
    for (const { requiresConversion, converterScript } of SHIPPED)
      expect(converterScript !== undefined).toBe(requiresConversion);
  });
});

describe('a catalog', () => {
  test('of the workspace goes before that of the user, and that before the shipped one', async ({
    world,
  }) => {
    await put(userCatalogFile(testContext(world)), entry({}) + entry({ id: 'qwen', name: 'Of the user' }));
    await put(world.path('work', 'catalog.toml'), entry({ name: 'Of the workspace' }));
    const context = contextOf(world);
    expect(findEntry('mine', context)).toMatchObject({ name: 'Of the workspace', source: 'workspace' });
    expect(findEntry('qwen', context)).toMatchObject({ name: 'Of the user', source: 'user', dir: 'qwen' });
    expect(readCatalog(context)).toHaveLength(11);
  });

  test('that is the shipped one again changes nothing', async ({ world }) => {
    await put(world.path('work', 'catalog.toml'), await readFile(join(root, 'catalog.toml'), 'utf8'));
    expect(readCatalog(contextOf(world))).toEqual(SHIPPED);
  });

  test.each([
    ['a duplicate', entry({}) + entry({ name: 'Twin' }), '9:1: models[1].id: a model mine stands above.'],
    ['an unknown key', entry({ sise: 1 }), '8:1: models[0].sise: Unrecognized key: "sise".'],
    ['an unknown table', '[model]\n', '1:1: model: Unrecognized key: "model".'],
    ['a missing field', '\n[[models]]\nid = "x"\n', /2:1: models\[0\].name: Invalid input: expected string/],
    ['no repository', entry({}).replace('repo = "me/mine"\n', ''), /1:1: models\[0\].repo: expected OWNER/],
    ['a way out', entry({ file: '../../.ssh/id' }), /5:1: models\[0\].file: leads out of the repo/],
    ['an option', entry({ repo: '--help' }), /4:1: models\[0\].repo: expected OWNER\/NAME/],
    ['a place of its own', entry({ dir: '/etc' }), /8:1: models\[0\].dir: leads out of the model directory/],
    ['no TOML', '[[models]\n', /1:\d+: /],
  ])('with %s is refused, with its place', async (_, text, words) => {
    const { entriesIn } = await import('#engines/models/catalog/format.ts');
    const { flawText } = await import('#engines/workspace/toml.ts');
    const read = entriesIn(text, 'workspace');
    expect('flaw' in read && flawText('catalog.toml', read.flaw)).toMatch(words);
  });

  test('that is refused says how it is opened', async ({ world }) => {
    const file = await put(world.path('work', 'catalog.toml'), entry({}) + entry({}));
    expect(failureFor(() => readCatalog(contextOf(world)))).toMatchObject({
      code: 'catalog-invalid',
      next: [`$EDITOR +9 ${file}`],
    });
  });

  test('suggests the model that was meant', async ({ world }) => {
    expect(failureFor(() => findEntry('tinylama', contextOf(world)))?.message).toBe(
      'There is no model tinylama; did you mean tinyllama?',
    );
  });
});

describe('the place of a model', () => {
  const tiny = SHIPPED[0] as (typeof SHIPPED)[number];

  test('is below what GANTRY_MODELS says, else the setting, else .test-models of the workspace', async ({
    world,
  }) => {
    const context = contextOf(world);
    expect(placeOf(tiny, context).directory).toBe(world.path('work', '.test-models', 'tinyllama'));
    const set = { ...context, env: { ...context.env, GANTRY_MODELS_DIRECTORY: '~/models' } };
    expect(placeOf(tiny, set).directory).toBe(join(context.paths.home, 'models', 'tinyllama'));
    const told = { ...set, env: { ...set.env, GANTRY_MODELS: world.path('here') } };
    expect(placeOf(tiny, told).path).toBe(world.path('here', 'tinyllama', tiny.file));
  });

  test('is nowhere where nothing says so', async ({ world }) => {
    expect(failureFor(() => placeOf(tiny, testContext(world)))).toMatchObject({
      code: 'models-nowhere',
      next: ['gantry config set models.directory ~/models', 'export GANTRY_MODELS=~/models'],
    });
  });
});
