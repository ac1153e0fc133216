import { mkdirSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { loneRepo } from '#engines/workspace/lone.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';

describe('a lone repository', () => {
  test('is found from below, and is a workspace of one repo', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    mkdirSync(repo.path('src', 'deep'), { recursive: true });
    const lone = loneRepo(repo.path('src', 'deep'));
    expect(lone).toMatchObject({ root: repo.dir, name: 'api' });

    const context = testContext(world, { workspace: repo.dir, manifest: lone?.manifest });
    expect(await readWorkspace(context)).toMatchObject({
      name: 'api',
      root: repo.dir,
      repos: [{ name: 'api', path: repo.dir, localPath: '.', defaultBranch: 'main' }],
    });
  });

  test('has a usable name where its directory has none', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', '-rf\u001b[2J'));
    const lone = loneRepo(repo.dir);
    expect(lone?.name).toBe('repo');
    const context = testContext(world, { workspace: repo.dir, manifest: lone?.manifest });
    expect((await readWorkspace(context)).repos).toHaveLength(1);
  });

  test('is none where there is no repository', ({ world }) => {
    expect(loneRepo(world.path('work'))).toBeUndefined();
  });
});
