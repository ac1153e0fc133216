import { describe, expect } from 'vitest';
import type { Repo } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { commitOnly, createField, type Field, failures, likenesses, succeeds, withGitFlow } from './field.ts';

/** What keeps one repo of several from a command, and how it is said. */
type Obstacle = {
  /** Done in every repo before. */
  prepare?: (field: Field) => Promise<unknown>;
  spoil: (repo: Repo) => Promise<unknown>;
  action: string;
  input: object;
  code: string;
};

const started = async ({ stage, workspace }: Field, kind = 'feature', name = 'login') => {
  await succeeds(stage, `flow.${kind}.start`, { name });
  for (const each of workspace.names)
    await commitOnly(workspace.repo(each), `Begin ${name}`, { 'README.md': `${name} of ${each}\n` });
};

const start = { action: 'flow.feature.start', input: { name: 'login' } };
const finish = { action: 'flow.feature.finish', input: { name: 'login' }, prepare: started };
const release = { action: 'flow.release.start', input: { name: '1.4.0' } };

const stopped = async (repo: Repo) => {
  await repo.git('switch', '--quiet', '-c', 'one', 'main');
  await commitOnly(repo, 'One', { 'README.md': 'one\n' });
  await repo.git('switch', '--quiet', '-c', 'two', 'main');
  await commitOnly(repo, 'Two', { 'README.md': 'two\n' });
  await repo.tryGit('merge', 'one');
};

const behind = async (repo: Repo) => {
  const before = await repo.oid('develop');
  await repo.git('switch', '--quiet', 'develop');
  await commitOnly(repo, 'Work of others', { 'others.txt': 'others\n' });
  await repo.git('push', '--quiet');
  await repo.git('reset', '--hard', '--quiet', before);
};

const OBSTACLES: Record<string, Obstacle> = {
  'start, develop is missing': {
    ...start,
    spoil: async (repo) => {
      await repo.git('switch', '--quiet', 'main');
      await repo.git('branch', '--quiet', '-D', 'develop');
    },
    code: 'flow-base-missing',
  },
  'start, the base is missing': {
    action: 'flow.feature.start',
    input: { name: 'login', base: 'next' },
    prepare: ({ workspace }) =>
      Promise.all(workspace.names.map((name) => workspace.repo(name).branch('next'))),
    spoil: (repo) => repo.git('branch', '--quiet', '-D', 'next'),
    code: 'flow-base-missing',
  },
  'start, there is no commit yet': {
    ...start,
    spoil: async (repo) => {
      await repo.git('update-ref', '-d', 'refs/heads/main');
      await repo.git('update-ref', '-d', 'refs/heads/develop');
    },
    code: 'flow-base-missing',
  },
  'start, the name is taken': {
    ...start,
    spoil: (repo) => repo.branch('feature/login', 'main'),
    code: 'flow-branch-exists',
  },
  'start, the name can not stand beside another': {
    ...start,
    spoil: (repo) => repo.branch('feature'),
    code: 'flow-branch-exists',
  },
  'start, the name is taken on the remote': {
    ...start,
    spoil: (repo) => repo.git('push', '--quiet', 'origin', 'develop:feature/login'),
    code: 'flow-branch-exists',
  },
  'start, the name is checked out elsewhere': {
    ...start,
    spoil: (repo) => repo.git('worktree', 'add', '--quiet', '-b', 'feature/login', `${repo.dir}-login`),
    code: 'flow-branch-exists',
  },
  'start, develop is behind': { ...start, spoil: behind, code: 'flow-base-behind' },
  'start, changes are in the way of develop': {
    ...start,
    spoil: async (repo) => {
      await repo.git('switch', '--quiet', 'main');
      await repo.write('plan.txt', 'untracked here, tracked in develop\n');
    },
    code: 'changes-in-the-way',
  },
  'start, a merge is unfinished': { ...start, spoil: stopped, code: 'operation-unfinished' },
  'release start, a tracked file is changed': {
    ...release,
    spoil: (repo) => repo.write('README.md', 'changed\n'),
    code: 'flow-dirty',
  },
  'release start, the version is tagged': {
    ...release,
    spoil: (repo) => repo.git('tag', 'v1.4.0', 'main'),
    code: 'flow-tag-exists',
  },
  'finish, develop is missing': {
    ...finish,
    spoil: (repo) => repo.git('branch', '--quiet', '-D', 'develop'),
    code: 'flow-base-missing',
  },
  'finish, a file is changed': {
    ...finish,
    spoil: (repo) => repo.write('README.md', 'changed\n'),
    code: 'flow-dirty',
  },
  'finish, a file is staged': {
    ...finish,
    spoil: async (repo) => {
      await repo.write('staged.txt', 'staged\n');
      await repo.git('add', 'staged.txt');
    },
    code: 'flow-dirty',
  },
  'finish, an untracked file is in the way of develop': {
    ...finish,
    spoil: async (repo) => {
      await repo.git('switch', '--quiet', 'develop');
      await commitOnly(repo, 'More', { 'more.txt': 'more\n' });
      await repo.git('switch', '--quiet', 'feature/login');
      await repo.write('more.txt', 'mine, untracked\n');
    },
    code: 'changes-in-the-way',
  },
  'finish, an untracked file is in the way of the merge': {
    ...finish,
    spoil: async (repo) => {
      await commitOnly(repo, 'More', { 'more.txt': 'more\n' });
      await repo.git('switch', '--quiet', 'develop');
      await repo.write('more.txt', 'mine, untracked\n');
    },
    code: 'changes-in-the-way',
  },
  'finish, the branch is checked out elsewhere': {
    ...finish,
    spoil: async (repo) => {
      await repo.git('switch', '--quiet', 'main');
      await repo.git('worktree', 'add', '--quiet', `${repo.dir}-login`, 'feature/login');
    },
    code: 'flow-branch-elsewhere',
  },
  'finish, develop is checked out elsewhere': {
    ...finish,
    spoil: (repo) => repo.git('worktree', 'add', '--quiet', `${repo.dir}-develop`, 'develop'),
    code: 'flow-branch-elsewhere',
  },
  'finish, develop is behind': { ...finish, spoil: behind, code: 'flow-base-behind' },
  'finish, a merge is unfinished': { ...finish, spoil: stopped, code: 'operation-unfinished' },
  'finish --push, there is no remote': {
    ...finish,
    input: { name: 'login', push: true },
    spoil: (repo) => repo.git('remote', 'remove', 'origin'),
    code: 'flow-remote-missing',
  },
  'finish, the histories have nothing in common': {
    ...finish,
    spoil: async (repo) => {
      await repo.git('switch', '--quiet', '--orphan', 'alone');
      await commitOnly(repo, 'Alone', { 'alone.txt': 'alone\n' });
      await repo.git('branch', '--quiet', '-f', 'feature/login', 'alone');
    },
    code: 'flow-unrelated',
  },
  'delete, it is checked out elsewhere': {
    action: 'flow.feature.delete',
    input: { name: 'login', force: true },
    prepare: started,
    spoil: async (repo) => {
      await repo.git('switch', '--quiet', 'main');
      await repo.git('worktree', 'add', '--quiet', `${repo.dir}-login`, 'feature/login');
    },
    code: 'flow-branch-elsewhere',
  },
  'delete, the branch to go to is checked out elsewhere': {
    action: 'flow.feature.delete',
    input: { name: 'login', force: true },
    prepare: started,
    spoil: (repo) => repo.git('worktree', 'add', '--quiet', `${repo.dir}-develop`, 'develop'),
    code: 'flow-branch-elsewhere',
  },
  'delete, its commits are nowhere else': {
    action: 'flow.feature.delete',
    input: { name: 'login' },
    prepare: async ({ stage }) => succeeds(stage, 'flow.feature.start', { name: 'login' }),
    spoil: (repo) => commitOnly(repo, 'Alone', { 'login.txt': 'login\n' }),
    code: 'flow-unmerged',
  },
  'rename, the name is taken': {
    action: 'flow.feature.rename',
    input: { name: 'login', to: 'sign-in' },
    prepare: started,
    spoil: (repo) => repo.branch('feature/sign-in', 'main'),
    code: 'flow-branch-exists',
  },
  'rename, the name can not stand beside another': {
    action: 'flow.feature.rename',
    input: { name: 'login', to: 'sign/in' },
    prepare: started,
    spoil: (repo) => repo.branch('feature/sign', 'main'),
    code: 'flow-branch-exists',
  },
  'checkout, changes are in the way': {
    action: 'flow.feature.checkout',
    input: { name: 'login' },
    prepare: started,
    spoil: async (repo) => {
      await repo.git('switch', '--quiet', 'develop');
      await repo.write('README.md', 'changed\n');
    },
    code: 'changes-in-the-way',
  },
  'update, a file is changed': {
    action: 'flow.feature.update',
    input: { name: 'login' },
    prepare: async (field) => {
      await started(field);
      for (const name of field.workspace.names) {
        await field.workspace.repo(name).git('switch', '--quiet', 'develop');
        await commitOnly(field.workspace.repo(name), 'More', { 'more.txt': 'more\n' });
      }
    },
    spoil: (repo) => repo.write('README.md', 'changed\n'),
    code: 'flow-dirty',
  },
  'track, the name is taken': {
    action: 'flow.feature.track',
    input: { name: 'login' },
    spoil: (repo) => repo.branch('feature/login'),
    code: 'flow-branch-exists',
  },
  'init, no branch can be main': {
    action: 'flow.init',
    input: {},
    spoil: async (repo) => {
      await repo.git('branch', '--quiet', '-m', 'main', 'stable');
    },
    code: 'flow-main-missing',
  },
};

describe('one repo that can not stops the others before any change', () => {
  test.for(Object.entries(OBSTACLES))('%s', async ([, obstacle], { world }) => {
    const { prepare, spoil, action, input, code } = obstacle;
    const field = await createField(world, 'api', 'web');
    await prepare?.(field);
    await spoil(field.workspace.repo('web'));
    const before = await likenesses(field.workspace);
    const found = await failures(field.stage, action, input);
    expect(found).toMatchObject({ web: { code, message: expect.stringContaining('web') } });
    expect(found.web?.next?.length).toBeGreaterThan(0);
    expect(await likenesses(field.workspace)).toEqual(before);
  });
});

test('a repo that is asked for by name and not cloned stops the others; unnamed it does not', async ({
  world,
}) => {
  const field = await createField(world, 'api', 'web');
  await field.workspace.repo('web').remove('.');
  const found = await failures(field.stage, 'flow.feature.start', { name: 'login', repos: ['api', 'web'] });
  expect(found.web?.code).toBe('repo-absent');
  expect(await field.workspace.repo('api').git('branch', '--list', 'feature/*')).toBe('');
  await succeeds(field.stage, 'flow.feature.start', { name: 'login' });
  expect(await field.workspace.repo('api').git('branch', '--show-current')).toBe('feature/login');
});

test.for([
  ['finish', { name: 'develop' }],
  ['finish', { name: 'main' }],
  ['delete', { name: 'develop', force: true }],
  ['delete', { name: 'main', force: true }],
  ['rename', { name: 'main', to: 'other' }],
  ['publish', { name: 'main' }],
  ['update', { name: 'main' }],
] as const)(
  'a parent branch is no flow branch, whatever the prefix: %s %j',
  async ([verb, input], { world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await withGitFlow(repo);
    await repo.git('config', 'gitflow.prefix.feature', '');
    await repo.git('switch', '--quiet', '--create', 'login');
    const before = await likenesses(field.workspace);
    const found = await failures(field.stage, `flow.feature.${verb}`, input);
    expect(Object.values(found)[0]?.exit).toBe('git');
    expect(await likenesses(field.workspace)).toEqual(before);
  },
);

test.for([
  ['bisect start', 'bisect reset'],
  ['cherry-pick other', 'cherry-pick --abort'],
  ['revert --no-edit HEAD~1', 'revert --abort'],
  ['rebase other', 'rebase --abort'],
] as const)('what git %s has begun is ended by git %s', async ([begin, end], { world }) => {
  const field = await createField(world, 'api');
  const repo = field.workspace.repo('api');
  await repo.git('switch', '--quiet', '--create', 'other', 'main');
  await commitOnly(repo, 'Other', { 'plan.txt': 'other\n' });
  await repo.git('switch', '--quiet', 'develop');
  for (const text of ['more\n', 'and more\n']) await commitOnly(repo, 'More', { 'plan.txt': text });
  await repo.tryGit(...begin.split(' '));
  const { api } = await failures(field.stage, 'flow.feature.start', { name: 'login' });
  expect(api).toMatchObject({
    code: 'operation-unfinished',
    next: [`git -C ${repo.dir} status`, `git -C ${repo.dir} ${end}`],
  });
  await repo.git(...end.split(' '));
  await succeeds(field.stage, 'flow.feature.start', { name: 'login' });
});
