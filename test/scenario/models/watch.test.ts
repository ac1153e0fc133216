import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import type { RowDelta } from '#engines/core/rows.ts';
import type { ModelRow } from '#engines/models/types.ts';
import { watchModels } from '#engines/models/watch.ts';
import { testContext } from '../../rig/context.ts';
import { put, tinyGguf } from '../../rig/models.ts';
import { test } from '../../rig/test.ts';

test('the rows of models follow their files, though nobody tells', async ({ world }) => {
  const stop = new AbortController();
  world.defer(() => stop.abort());
  const context = testContext(world, { workspace: world.path('work'), signal: stop.signal });
  const rows = watchModels({}, context);
  const next = async () => (await rows.next()).value as RowDelta<ModelRow>;

  const first = await next();
  expect(first.set.map(({ state }) => state)).toEqual(first.set.map(() => 'absent'));
  const path = world.path('work', '.test-models', 'tinyllama', 'tinyllama-1.1b-chat-v1.0.Q4_K_M.gguf');
  put(path, tinyGguf());
  expect(await next()).toMatchObject({
    set: [{ id: 'tinyllama', state: 'downloaded', quantisation: 'F32' }],
  });
  put(world.path('work', '.test-models', 'mine', 'mine.gguf'), tinyGguf({ missing: 1 }));
  expect(await next()).toMatchObject({ set: [{ id: 'mine', state: 'broken', source: null }] });
  await rm(world.path('work', '.test-models', 'mine'), { recursive: true });
  expect(await next()).toMatchObject({ set: [], drop: ['mine'] });
});
