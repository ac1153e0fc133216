import { expect } from 'vitest';
import { repoAt } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { writeText } from '../workspace/stage.ts';
import {
  commitOnly,
  createField,
  expectUndone,
  type Field,
  failures,
  likenesses,
  succeeds,
  withFeature,
} from './field.ts';

const withRelease = async (field: Field) => {
  await succeeds(field.stage, 'flow.release.start', { name: '1.4.0' });
  for (const name of field.workspace.names)
    await commitOnly(field.workspace.repo(name), 'Prepare', { 'prepared.txt': 'prepared\n' });
};

test('a finish keeps the published branch, the local one, or both', async ({ world }) => {
  const field = await createField(world, 'api');
  const api = field.workspace.repo('api');
  const open = async (name: string) => {
    await withFeature(field, name);
    await succeeds(field.stage, 'flow.feature.publish', { name });
  };
  const finish = (name: string, input: object) =>
    succeeds(field.stage, 'flow.feature.finish', { name, push: true, ...input });
  await open('one');
  await finish('one', { keepremote: true });
  await open('two');
  await finish('two', { keeplocal: true });
  await open('three');
  await finish('three', { keeplocal: true, keepremote: true });
  expect(
    await api.git('for-each-ref', '--format=%(refname:lstrip=1)', '*/heads/feature', 'refs/heads/feature'),
  ).toBe('heads/feature/three\nheads/feature/two');
  const published = await api.git('ls-remote', '--heads', 'origin', 'feature/*');
  expect(published.match(/feature\/\w+/g)).toEqual(['feature/one', 'feature/three']);
});

test('what is kept is kept by done, too, with its worktree gone', async ({ world }) => {
  const field = await createField(world, 'api');
  const api = field.workspace.repo('api');
  await succeeds(field.stage, 'feat', { name: 'search' });
  const worktree = repoAt(world, world.path('work', '.worktrees', 'search', 'api'));
  await commitOnly(worktree, 'Begin to search', { 'search.txt': 'search\n' });
  await api.git('config', 'gitflow.feature.finish.keeplocal', 'true');
  const before = await likenesses(field.workspace);
  await succeeds(field.stage, 'done', { name: 'search' });
  await succeeds(field.stage, 'undo');
  expect(await likenesses(field.workspace)).toEqual(before);
  await succeeds(field.stage, 'done', { name: 'search' });
  expect(await api.git('branch', '--list', 'feature/search')).toContain('feature/search');
  expect(await api.git('worktree', 'list')).not.toContain('search');
});

test('the message of a tag comes from a file beside the caller, or from one place alone', async ({
  world,
}) => {
  const field = await createField(world, 'api');
  const api = field.workspace.repo('api');
  await withRelease(field);
  await writeText(world.path('work', 'notes.md'), '# Spring\n\n- the search\n');
  const before = await likenesses(field.workspace);
  const finish = { name: '1.4.0', messagefile: 'notes.md' };
  for (const [input, code] of [
    [{ ...finish, message: 'Spring' }, 'flow-message-twice'],
    [{ ...finish, messagefile: 'no-notes.md' }, 'flow-message-missing'],
  ] as const) {
    expect(await failures(field.stage, 'flow.release.finish', input)).toMatchObject({ api: { code } });
  }
  expect(await likenesses(field.workspace)).toEqual(before);
  await expectUndone(field, () => succeeds(field.stage, 'flow.release.finish', finish));
  await succeeds(field.stage, 'flow.release.finish', finish);
  expect(await api.git('tag', '--list', '--format=%(contents)')).toBe('# Spring\n\n- the search\n');
});

test('what is told counts before what is configured', async ({ world }) => {
  const field = await createField(world, 'api');
  const api = field.workspace.repo('api');
  await withRelease(field);
  await api.git('config', 'gitflow.release.finish.messagefile', '/nowhere');
  await succeeds(field.stage, 'flow.release.finish', { name: '1.4.0', message: 'Spring' });
  expect(await api.git('tag', '--list', '--format=%(contents)')).toBe('Spring\n');
});

test('a release is pushed in parts, and its published branch goes with any of them', async ({ world }) => {
  const field = await createField(world, 'api');
  const api = field.workspace.repo('api');
  const develop = await api.oid('origin/develop');
  await withRelease(field);
  await succeeds(field.stage, 'flow.release.publish', { name: '1.4.0' });
  await succeeds(field.stage, 'flow.release.finish', { name: '1.4.0', pushtag: true, nodevelopmerge: true });
  const published = await api.git('ls-remote', 'origin');
  expect(published).toContain('refs/tags/v1.4.0');
  expect(published).not.toContain('refs/heads/release');
  expect(published).toContain(`${develop}\trefs/heads/develop`);
  expect(await api.oid('develop')).toBe(develop);
});

test('a branch is released as it is, in every repo, and undone', async ({ world }) => {
  const field = await createField(world, 'api', 'web');
  const release = (input: object = {}) =>
    succeeds(field.stage, 'flow.release.branch', { name: '1.4.0', ...input });
  await expectUndone(field, () => release());
  await release();
  for (const name of field.workspace.names) {
    const repo = field.workspace.repo(name);
    expect(await repo.oid('v1.4.0^{commit}')).toBe(await repo.oid('main'));
    expect(await repo.git('log', '-1', '--format=%s', 'main')).toBe("Merge branch 'develop'");
  }
  const { steps } = await release();
  expect(steps.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
  await succeeds(field.stage, 'flow.feature.start', { name: 'login' });
  for (const [branch, next] of [
    ['feature/login', 'gantry flow feature finish login --repos api'],
    ['main', 'gantry flow release branch VERSION develop --repos api'],
  ] as const) {
    const found = await failures(field.stage, 'flow.release.branch', { name: '1.5.0', branch });
    expect(found).toMatchObject({ api: { code: 'flow-unreleasable', next: [next] } });
  }
});
