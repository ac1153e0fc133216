import { describe, expect } from 'vitest';
import { gitTagCreate, gitTagDelete, gitTagRestore } from '#engines/git/operations.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { applied } from './application.ts';

const grown = async (world: World) => {
  const repo = await createRepo(world, world.path('work', 'api'));
  await repo.commit('Begin', { 'README.md': 'one\n' });
  return { repo, context: testContext(world) };
};

const MESSAGES = [null, 'Version', '--delete\n\n# no comment\n\u00e9\u{1f6a2}'];

describe('a tag', () => {
  test.for(MESSAGES)(
    'of the message %j is recognised, deleted and comes back as the same object',
    async (message, { world }) => {
      const { repo, context } = await grown(world);
      const call = applied(repo, { tag: "it's-$(id)", at: 'refs/heads/main', message, sign: false });
      const check = await gitTagCreate.check();
      expect(await check(call, context)).toBeUndefined();
      const told = await (await gitTagCreate.apply())(call, context);
      expect(await check(call, context)).toEqual(told);
      const oid = await repo.oid(`refs/tags/it's-$(id)`);
      const object = await repo.git('cat-file', '-p', oid);
      expect(object).toContain(message ?? 'tree ');

      const deletion = applied(repo, { tag: "it's-$(id)", oid });
      expect(await (await gitTagDelete.check())(deletion, context)).toBeUndefined();
      const deleted = await (await gitTagDelete.apply())(deletion, context);
      expect(await (await gitTagDelete.check())(deletion, context)).toEqual(deleted);
      expect(await repo.git('tag')).toBe('');
      await repo.git('gc', '--quiet', '--prune=now');

      const [back] = gitTagDelete.invert?.(deletion.args, deleted.result) ?? [];
      const restore = await gitTagRestore.apply();
      await restore(applied(repo, back?.args as never), context);
      await restore(applied(repo, back?.args as never), context);
      expect(await repo.oid(`refs/tags/it's-$(id)`)).toBe(oid);
    },
  );

  test('of a branch that has moved since the plan stands for what it is by then', async ({ world }) => {
    const { repo, context } = await grown(world);
    const call = applied(repo, { tag: 'v1', at: 'refs/heads/main', message: 'One', sign: false });
    const now = await repo.commit('Go on');
    await (await gitTagCreate.apply())(call, context);
    expect(await repo.oid('v1^{commit}')).toBe(now);
  });

  test('that somebody else has put elsewhere is left alone', async ({ world }) => {
    const { repo, context } = await grown(world);
    await repo.git('tag', 'v1');
    const now = await repo.commit('Go on');
    const call = applied(repo, { tag: 'v1', at: now, message: 'One', sign: false });
    expect(await (await gitTagCreate.check())(call, context)).toBeUndefined();
    await expect((await gitTagCreate.apply())(call, context)).rejects.toThrow('already exists');
    expect(await repo.oid('v1')).not.toBe(now);
  });
});
