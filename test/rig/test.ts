import { test as base } from 'vitest';
import { createWorld, type World } from './home.ts';

/** Vitest's `test` with a world of its own per test: `test('…', async ({ world }) => …)`. */
export const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from this pattern which fixtures this one needs.
  world: async ({}, use) => {
    await using world = await createWorld();
    await use(world);
  },
});
