import { describe, expect } from 'vitest';
import type { Receipt } from '#engines/core/receipt.ts';
import { createRemote } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';

const FOUR = ['one', 'two', 'three', 'four'];

describe('four processes at once', () => {
  test('that add different repos all succeed', async ({ world }) => {
    await createWorkspace(world, {});
    const urls = await Promise.all(
      FOUR.map(async (name) => (await createRemote(world, world.path('elsewhere', `${name}.git`))).dir),
    );
    const runs = await Promise.all(urls.map((url) => world.gantry(['workspace', 'add', url, '--json'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const { json } = await world.gantry(['workspace', 'list', '--json']);
    const { repos } = json<{ repos: { name: string; cloned: boolean }[] }>().data;
    expect(repos.map(({ name }) => name).toSorted()).toEqual(FOUR.toSorted());
    expect(repos.every(({ cloned }) => cloned)).toBe(true);
  });

  test('that start the daemon all end well: one started it, and for the others it runs already', async ({
    world,
  }) => {
    const runs = await Promise.all(FOUR.map(() => world.gantry(['daemon', 'start', '--json'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const steps = runs.map(({ json }) => (json().receipt as unknown as Receipt).steps[0]);
    expect(steps.filter((step) => step?.status === 'done')).toHaveLength(1);
    for (const step of steps.filter((one) => one?.status !== 'done'))
      expect(step).toMatchObject({ status: 'skipped', summary: expect.stringContaining('runs already') });
  });
});
