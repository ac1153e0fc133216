import { expect } from 'vitest';
import type { FlowBranch, FlowRepo } from '#engines/flow/types.ts';
import { test } from '../../rig/test.ts';
import { commitOnly, createField, succeeds, withFeature } from './field.ts';

type Status = { repos: FlowRepo[]; branches: FlowBranch[] };

test('the matrix has each flow branch with both parents, its worktree, its changes and what finishing would come to', async ({
  world,
}) => {
  const field = await createField(world, 'api', 'web');
  const { stage, workspace } = field;
  const api = workspace.repo('api');
  await withFeature(field);
  await succeeds(stage, 'flow.feature.publish', { name: 'login', repos: ['api'] });
  await commitOnly(api, 'Greet \u001b[31mred\u001b[0m\u0007 \u202ebidi', { 'README.md': 'hello\n' });
  await api.write('README.md', 'hello, changed\n');
  await api.git('branch', 'feature/merged', 'develop');
  await api.git('worktree', 'add', '--quiet', '--detach', `${api.dir}-develop`);
  const develop = async (...args: string[]) => api.git('-C', `${api.dir}-develop`, ...args);
  await develop('switch', '--quiet', 'develop');
  await api.git('-C', `${api.dir}-develop`, 'rm', '--quiet', 'README.md');
  await develop('commit', '--quiet', '--message', 'No greeting');
  await succeeds(stage, 'lease.take', { name: 'api', note: 'working', as: 'grace' });

  const { repos, branches } = await stage.data<Status>('flow.status');
  expect(repos.map(({ repo, model, problem }) => ({ repo, model, problem }))).toEqual([
    { repo: 'api', model: 'manifest', problem: null },
    { repo: 'web', model: 'manifest', problem: null },
  ]);
  const of = (id: string) => branches.find((branch) => branch.id === id);
  expect(branches.map(({ id }) => id)).toEqual([
    'api feature/login',
    'api feature/merged',
    'web feature/login',
  ]);
  expect(of('api feature/login')).toMatchObject({
    kind: 'feature',
    name: 'login',
    develop: { ahead: 2, behind: 1 },
    main: { ahead: 3, behind: 0 },
    upstream: 'origin/feature/login',
    ahead: 1,
    behind: 0,
    worktree: api.dir,
    dirty: true,
    forecast: 'conflict',
    conflicts: ['README.md'],
    lease: expect.stringContaining('grace'),
  });
  expect(of('api feature/merged')).toMatchObject({
    forecast: 'merged',
    worktree: null,
    dirty: null,
    upstream: null,
    ahead: null,
    develop: { ahead: 0, behind: 1 },
  });
  expect(of('web feature/login')).toMatchObject({ forecast: 'clean', dirty: true, lease: null });
});

test('a repo without the model says what is missing, and one without commits is no obstacle', async ({
  world,
}) => {
  const { stage, workspace } = await createField(world, 'api', 'web');
  const [api, web] = [workspace.repo('api'), workspace.repo('web')];
  await api.git('switch', '--quiet', 'main');
  await api.git('branch', '--quiet', '-D', 'develop');
  for (const branch of ['main', 'develop']) await web.git('update-ref', '-d', `refs/heads/${branch}`);
  const { repos } = await stage.data<Status>('flow.status');
  expect(repos.map(({ repo, model, problem }) => [repo, model, problem])).toEqual([
    ['api', 'off', 'there is no branch develop'],
    ['web', 'off', 'there is no branch main and no branch develop'],
  ]);
});
