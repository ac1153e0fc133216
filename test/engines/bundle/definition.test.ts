import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test as plain } from 'vitest';
import { bundlesIn } from '#engines/bundle/definition/format.ts';
import { readBundles, requireBundle } from '#engines/bundle/definition/read.ts';
import { SHIPPED } from '#engines/bundle/definition/shipped.ts';
import { addressOf, tagged } from '#engines/bundle/ollama/server.ts';
import { failureOf } from '#engines/core/errors.ts';
import { SHIPPED as CATALOG } from '#engines/models/catalog/shipped.ts';
import { shippedBackends } from '#engines/worker/backend/shipped.ts';
import { readYaml } from '#engines/workspace/yaml.ts';
import { shippedBundles } from '../../../scripts/registry/bundles.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { put } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const bundle = (id: string, more = '') => `[[bundles]]\nid = "${id}"\n${more}\n`;

const contextOf = (world: World) => testContext(world, { workspace: world.path('work') });

/** Files of the user and of the workspace. */
const place = (world: World) => ({
  context: contextOf(world),
  own: (name: string, text: string) => put(join(contextOf(world).paths.config, 'bundles', name), text),
  ofWorkspace: (name: string, text: string) => put(world.path('work', 'config', 'bundles', name), text),
});

describe('the shipped bundles', () => {
  plain('are those of the file at the root', async () => {
    const own = (file: string) => readFile(join(root, file), 'utf8');
    expect(shippedBundles(await own('bundles.toml'))).toBe(
      await own('src/engines/bundle/definition/shipped.ts'),
    );
  });

  plain('define what the profiles of PMOVES ask for', () => {
    expect(SHIPPED.map(({ id }) => id)).toEqual([
      ...['ollama-high', 'ollama-medium', 'vllm-large', 'reranker-qwen-large', 'reranker-qwen-base'],
      ...['jetson-yolov8n', 'whisper-small-int8', 'whisper-large'],
    ]);
  });

  plain('name only models, files and backends that are there to be named', () => {
    const known = new Set(shippedBackends().map(({ name }) => name));
    for (const { items, start } of SHIPPED) {
      const commands = items.flatMap((item) => (item.kind === 'command' ? [item.backend.name] : []));
      const models = items.flatMap((item) => (item.kind === 'model' ? [item.id] : []));
      const files = items.flatMap((item) => ('file' in item ? [item.file] : []));
      for (const { backend, model } of start) {
        expect([...known, ...commands]).toContain(backend);
        if (model !== undefined) expect([...models, ...files]).toContain(model);
      }
      expect(CATALOG.map(({ id }) => id)).toEqual(expect.arrayContaining(models));
    }
  });
});

describe('bundles of a person and of a workspace', () => {
  test('add to the shipped ones, and the nearer one goes first', async ({ world }) => {
    const { context, own, ofWorkspace } = place(world);
    own('a.toml', bundle('mine') + bundle('whisper-large', 'name = "My own"'));
    own('notes.txt', 'not a bundle');
    ofWorkspace('b.toml', bundle('mine', 'name = "Ours"') + bundle('ours'));
    expect(await readBundles(context)).toHaveLength(SHIPPED.length + 2);
    expect(await requireBundle('mine', context)).toMatchObject({ name: 'Ours', source: 'workspace' });
    expect(await requireBundle('whisper-large', context)).toMatchObject({ name: 'My own', source: 'user' });
  });

  test('are refused with the place of what is wrong', async ({ world }) => {
    const { context, own } = place(world);
    const file = own(
      'a.toml',
      bundle('mine', '\n[[bundles.items]]\nkind = "model"\nid = "tinyllama"\nsize = 3'),
    );
    expect(await failureFor(readBundles(context))).toMatchObject({
      code: 'bundle-invalid',
      message: expect.stringContaining(`${file}:7:1: bundles[0].items[0].size: `),
      next: [expect.stringContaining('+7')],
    });
  });

  test('may be in YAML, and are refused with the place of what is wrong just so', async ({ world }) => {
    const { context, own } = place(world);
    const items = '  - &one { kind: model, id: tinyllama }';
    const file = own('a.yaml', `bundles:\n- id: mine\n  items:\n${items}\n  - *one\n`);
    expect(await requireBundle('mine', context)).toMatchObject({
      items: [{ id: 'tinyllama' }, { id: 'tinyllama' }],
    });
    own('a.yaml', `bundles:\n- id: mine\n  items:\n${items}\n  - kind: model\n    id: phi3\n    size: 3\n`);
    expect(await failureFor(readBundles(context))).toMatchObject({
      code: 'bundle-invalid',
      message: expect.stringContaining(`${file}:7:5: bundles[0].items[1].size: `),
    });
  });

  test('that nobody knows are told with the nearest', async ({ world }) => {
    expect(await failureFor(requireBundle('wisper-large', contextOf(world)))).toMatchObject({
      code: 'bundle-unknown',
      next: ['gantry bundle show whisper-large', 'gantry bundle list'],
    });
  });
});

describe('a file of bundles', () => {
  plain.for([
    ['an id that comes twice', bundle('a') + bundle('a'), 5, 'a bundle a stands above'],
    ['a kind that there is none of', bundle('a', 'items = [{ kind = "magic" }]'), 3, 'items'],
    ['a path that leads out', bundle('a', 'items = [{ kind = "whisper", file = "../x" }]'), 3, 'leads out'],
    [
      'two workers on one port',
      bundle('a', 'start = [{ backend = "cpu", port = 1 }, { backend = "cpu", port = 1 }]'),
      3,
      'port',
    ],
    ['no TOML', 'bundles = ', 1, ''],
  ] as const)('with %s is refused', ([, text, line, reason]) => {
    const read = bundlesIn(text, 'user');
    if (!('flaw' in read)) throw new Error('it was taken');
    expect(read.flaw.line).toBe(line);
    expect(`${read.flaw.key} ${read.flaw.reason}`).toContain(reason);
  });

  plain.for([
    ['no YAML', 'bundles: [', 'flow'],
    ['a key that comes twice', 'bundles: []\nbundles: []', 'unique'],
    ['a tag', 'bundles: !!js/function x', 'tag'],
    ['two documents', 'bundles: []\n---\nbundles: []', 'document'],
    ['more aliases than anybody writes', `a: &a [1]\nbundles: [${'*a,'.repeat(200)}]`, 'expected'],
  ])('of YAML with %s is refused', ([, text, reason]) => {
    expect(bundlesIn(text as string, 'user', readYaml)).toMatchObject({
      flaw: { line: expect.any(Number), reason: expect.stringContaining(reason as string) },
    });
  });

  plain('of YAML may be empty', () => {
    expect(bundlesIn('# nothing yet\n', 'user', readYaml)).toEqual({ bundles: [] });
  });

  plain('of a workspace has no commands, which stand in its manifest where trust is about them', () => {
    const text = bundle('a', 'items = [{ kind = "command", name = "own", command = ["rm", "-rf", "/"] }]');
    expect(bundlesIn(text, 'user')).toHaveProperty('bundles');
    expect(bundlesIn(text, 'workspace')).toMatchObject({
      flaw: { reason: expect.stringContaining('manifest') },
    });
  });
});

describe('Ollama', () => {
  plain.for([
    ['127.0.0.1:11434', 'http://127.0.0.1:11434'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    [':8000', 'http://127.0.0.1:8000'],
    ['box', 'http://box:11434'],
    ['https://models.example/ollama/', 'https://models.example/ollama'],
  ])('is reached for %s at %s', ([host, address]) => {
    expect(addressOf(host as string)).toBe(address);
  });

  plain('lists a model with its tag', () => {
    expect([tagged('tiny'), tagged('tiny:7b'), tagged('box:1/tiny')]).toEqual([
      ...['tiny:latest', 'tiny:7b', 'box:1/tiny:latest'],
    ]);
  });
});

const failureFor = (asked: Promise<unknown>) => asked.catch((thrown) => failureOf(thrown));
