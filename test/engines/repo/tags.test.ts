import { expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage } from '../workspace/stage.ts';

interface Tag {
  repo: string;
  name: string;
  oid: string;
  subject: string;
}

test('tags are listed repo by repo, the newest version first, each with what it is of', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  const api = workspace.repo('api');
  for (const name of ['v1.9.0', 'v1.10.0', 'nightly']) await api.git('tag', name);
  await api.git('tag', '--annotate', '--message', 'Ten one\n\nMore.', 'v1.10.1');
  await workspace.repo('web').git('tag', 'v0.1.0', 'HEAD~1');
  const stage = createStage(world);
  const { tags } = await stage.data<{ tags: Tag[] }>('repo.tags');
  expect(tags.map(({ repo, name }) => `${repo} ${name}`)).toEqual([
    'api v1.10.1',
    'api v1.10.0',
    'api v1.9.0',
    'api nightly',
    'web v0.1.0',
  ]);
  expect(tags[0]).toMatchObject({ oid: await api.oid(), subject: 'Ten one' });
  expect(await stage.data('repo.tags', { repos: ['web'] })).toMatchObject({
    tags: [{ name: 'v0.1.0', oid: await workspace.repo('web').oid('HEAD~1') }],
  });
});

test('a repo that is not cloned has no tags to list', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  await world.run('rm', ['-r', workspace.path('web')]);
  await workspace.repo('api').git('tag', 'v1.0.0');
  expect(await createStage(world).data('repo.tags')).toMatchObject({ tags: [{ repo: 'api' }] });
});
