import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import {
  commitOnly,
  createField,
  expectUndone,
  failures,
  likenesses,
  succeeds,
  withFeature,
  withHook,
} from './field.ts';

const REFUSES = 'echo "the ticket is missing" >&2; exit 1';

describe('a hook that refuses', () => {
  test.for([
    ['pre-merge-commit', {}],
    ['commit-msg', {}],
    ['prepare-commit-msg', {}],
    ['commit-msg', { squash: true }],
    ['pre-commit', { squash: true }],
    ['pre-rebase', { rebase: true }],
  ] as const)(
    'as %s, with %j, is quoted, and nothing is left half-done',
    async ([hook, input], { world }) => {
      const field = await createField(world, 'api', 'web');
      await withFeature(field);
      for (const name of field.workspace.names) {
        const repo = field.workspace.repo(name);
        await repo.git('switch', '--quiet', 'develop');
        await commitOnly(repo, 'Meanwhile', { 'meanwhile.txt': 'meanwhile\n' });
      }
      const web = field.workspace.repo('web');
      await withHook(web, hook, REFUSES);
      const before = (await likenesses(field.workspace)).web;
      const found = await failures(field.stage, 'flow.feature.finish', { name: 'login', ...input });
      expect(Object.keys(found)).toEqual(['web']);
      expect(JSON.stringify(found.web)).toContain('the ticket is missing');
      const after = (await likenesses(field.workspace)).web;
      expect(after?.unfinished).toEqual([]);
      expect({ ...after, head: '' }).toEqual({ ...before, head: '' });
      expect(await field.workspace.repo('api').git('branch', '--list', 'feature/*')).toBe('');
      await web.remove(`.git/hooks/${hook}`);
      await succeeds(field.stage, 'flow.feature.finish', { name: 'login', ...input });
      expect(await web.git('branch', '--list', 'feature/*')).toBe('');
    },
  );
});

test('a hook that changes the message has its way, and undo still knows the merge', async ({ world }) => {
  const field = await createField(world, 'api');
  await withFeature(field);
  const repo = field.workspace.repo('api');
  await withHook(repo, 'commit-msg', 'echo "TICKET-1: login" > "$1"');
  await expectUndone(field, () => succeeds(field.stage, 'flow.feature.finish', { name: 'login' }));
  await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
  expect(await repo.git('log', '-1', '--format=%s', 'develop')).toBe('TICKET-1: login');
});

test('a key that can not sign leaves no merge half-done', async ({ world }) => {
  const field = await createField(world, 'api');
  await withFeature(field);
  const repo = field.workspace.repo('api');
  await repo.git('config', 'gpg.format', 'ssh');
  await repo.git('config', 'user.signingkey', world.path('home', 'no-such-key'));
  const found = await failures(field.stage, 'flow.feature.finish', { name: 'login', sign: true });
  expect(found.api?.exit).toBe('git');
  expect((await likenesses(field.workspace)).api?.unfinished).toEqual([]);
  expect(await repo.git('status', '--porcelain', '--untracked-files=no')).toBe('');
  await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
});

test('somebody without a name makes no half merge', async ({ world }) => {
  const field = await createField(world, 'api');
  await withFeature(field);
  const repo = field.workspace.repo('api');
  await world.run('git', ['config', '--global', '--unset', 'user.email']);
  await world.run('git', ['config', '--global', 'user.useConfigOnly', 'true']);
  const found = await failures(field.stage, 'flow.feature.finish', { name: 'login' });
  expect(found.api?.exit).toBe('git');
  expect((await likenesses(field.workspace)).api?.unfinished).toEqual([]);
  expect(await repo.git('status', '--porcelain', '--untracked-files=no')).toBe('');
});

describe('configuration that says how git merges', () => {
  test.for([
    ['branch.develop.mergeoptions', '--no-commit'],
    ['branch.develop.mergeoptions', '--squash'],
    ['branch.develop.mergeoptions', '--ff-only'],
    ['merge.ff', 'only'],
    ['merge.log', 'true'],
    ['commit.cleanup', 'verbatim'],
    ['commit.verbose', 'true'],
  ] as const)('%s = %s does not keep a feature from being merged as one', async ([key, value], { world }) => {
    const field = await createField(world, 'api');
    await withFeature(field);
    const repo = field.workspace.repo('api');
    await repo.git('config', key, value);
    const tip = await repo.oid('feature/login');
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
    expect(await repo.oid('develop^2')).toBe(tip);
    expect((await likenesses(field.workspace)).api?.unfinished).toEqual([]);
  });

  test('rebase.updateRefs moves no other branch', async ({ world }) => {
    const field = await createField(world, 'api');
    await withFeature(field);
    const repo = field.workspace.repo('api');
    await repo.branch('mine', 'feature/login');
    await commitOnly(repo, 'More', { 'more.txt': 'more\n' });
    await repo.git('switch', '--quiet', 'develop');
    await commitOnly(repo, 'Meanwhile', { 'meanwhile.txt': 'meanwhile\n' });
    await repo.git('config', 'rebase.updateRefs', 'true');
    const mine = await repo.oid('mine');
    await succeeds(field.stage, 'flow.feature.update', { name: 'login', rebase: true });
    expect(await repo.oid('mine')).toBe(mine);
  });
});

test('a post-checkout hook that fails can not keep git from switching, and undo knows of it', async ({
  world,
}) => {
  const field = await createField(world, 'api');
  await withHook(field.workspace.repo('api'), 'post-checkout', REFUSES);
  const before = await likenesses(field.workspace);
  await failures(field.stage, 'flow.feature.start', { name: 'login' });
  await failures(field.stage, 'undo');
  expect(await likenesses(field.workspace)).toEqual(before);
});
