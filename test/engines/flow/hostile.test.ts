import { rm } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { HOSTILE_BRANCHES } from '../../rig/names.ts';
import { test } from '../../rig/test.ts';
import {
  commitOnly,
  createField,
  expectUndone,
  failures,
  likenesses,
  succeeds,
  withFeature,
  withGitFlow,
} from './field.ts';

test('names that git allows are only names, from start to finish and back', async ({ world }) => {
  const field = await createField(world, 'api');
  const repo = field.workspace.repo('api');
  await withGitFlow(repo);
  for (const name of [...Object.values(HOSTILE_BRANCHES), 'a.b', 'x=y', 'né\u202ee', '"', "it's"]) {
    if (name.startsWith('feature/')) continue;
    const before = await likenesses(field.workspace);
    await succeeds(field.stage, 'flow.feature.start', { name });
    expect(await repo.git('branch', '--show-current')).toBe(`feature/${name}`);
    await commitOnly(repo, `Begin ${name}`, { 'begun.txt': `${name}\n` });
    await succeeds(field.stage, 'flow.feature.finish', { name });
    expect(await repo.git('log', '-1', '--format=%s', 'develop')).toContain(`feature/${name}`);
    await succeeds(field.stage, 'undo');
    expect(await repo.git('config', `gitflow.branch.feature/${name}.base`)).toBe('develop');
    await repo.git('reset', '--hard', '--quiet', 'HEAD~1');
    await succeeds(field.stage, 'flow.feature.rename', { name, to: `${name}-2` });
    await succeeds(field.stage, 'flow.feature.delete', { name: `${name}-2` });
    expect(await likenesses(field.workspace)).toEqual(before);
  }
});

test('names that git does not allow change nothing', async ({ world }) => {
  const field = await createField(world, 'api');
  const before = await likenesses(field.workspace);
  for (const name of NOT_ALLOWED) {
    const found = await failures(field.stage, 'flow.feature.start', { name });
    expect({ name, failure: Object.values(found)[0] }).toMatchObject({ name, failure: { exit: 'usage' } });
  }
  expect(await likenesses(field.workspace)).toEqual(before);
});

const NOT_ALLOWED = [
  ...['', ' ', 'two words', 'a..b', 'a\nb', 'a~b', 'a^', 'a:b', '/a', 'a/', 'a//b', 'a.lock', '.a'],
  ...['a@{b', 'a\\b', '\u0000', '*', '[gitflow]', 'a\tb', 'a\u007f'],
];

describe('a tag of the same name', () => {
  const names = ['feature/login', 'develop', 'main', 'release/1.4.0', 'origin/develop'];

  test('as a branch is not what is started from, merged, tagged or deleted', async ({ world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await repo.git('switch', '--quiet', '--orphan', 'elsewhere');
    const other = await commitOnly(repo, 'Something else', { 'else.txt': 'else\n' });
    await repo.git('switch', '--quiet', 'develop');
    for (const name of names) await repo.git('tag', name, other);
    await withFeature(field);
    expect(await repo.oid('HEAD~1')).toBe(await repo.oid('refs/heads/develop'));
    const tip = await repo.oid();
    await expectUndone(field, () => succeeds(field.stage, 'flow.feature.finish', { name: 'login' }));
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
    expect(await repo.oid('refs/heads/develop^2')).toBe(tip);
    await succeeds(field.stage, 'flow.release.start', { name: '1.4.0' });
    const release = await commitOnly(repo, 'Prepare', { 'version.txt': '1.4.0\n' });
    await succeeds(field.stage, 'flow.release.finish', { name: '1.4.0', notag: true });
    expect(await repo.oid('refs/heads/main^2')).toBe(release);
    expect(await repo.oid('refs/heads/develop^2')).toBe(await repo.oid('refs/heads/main'));
  });

  test('as a feature that is rebased and merged is not merged in its place', async ({ world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await withFeature(field);
    await repo.git('tag', 'feature/login', 'main');
    await repo.git('switch', '--quiet', 'develop');
    await commitOnly(repo, 'Meanwhile', { 'meanwhile.txt': 'meanwhile\n' });
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login', rebase: true });
    expect(await repo.git('log', '-1', '--format=%s', 'refs/heads/develop^2')).toBe('Begin login');
  });

  test('a version whose branch is called as its tag is merged back from the tag', async ({ world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await succeeds(field.stage, 'flow.release.start', { name: '1.4.0' });
    await commitOnly(repo, 'Prepare', { 'version.txt': '1.4.0\n' });
    await repo.branch('v1.4.0', 'main');
    await succeeds(field.stage, 'flow.release.finish', { name: '1.4.0' });
    expect(await repo.oid('refs/heads/develop^2')).toBe(await repo.oid('refs/heads/main'));
  });
});

test('what is advised about a hotfix of a hostile name can be pasted into a shell', async ({ world }) => {
  const field = await createField(world, 'api');
  const name = '$(id>owned)';
  await field.workspace.repo('api').git('switch', '--quiet', '--create', `hotfix/${name}`, 'main');
  const found = await failures(field.stage, 'flow.hotfix.finish', { name });
  expect(found.api?.next).toEqual([`gantry flow hotfix delete '${name}' --repos api`]);
});

test('a repo of packed refs, and one of SHA-256, are like any other', async ({ world }) => {
  const field = await createField(world, 'api', 'web');
  const [api, web] = field.workspace.names.map((name) => field.workspace.repo(name));
  await api?.git('pack-refs', '--all', '--prune');
  await rm(web?.path('.git') as string, { recursive: true });
  await web?.git('init', '--quiet', '--object-format=sha256', '--initial-branch=main');
  await web?.git('add', 'README.md');
  await web?.git('commit', '--quiet', '--message', 'Begin');
  await web?.git('branch', 'develop');
  await expectUndone(field, () => succeeds(field.stage, 'flow.feature.start', { name: 'login' }));
  await withFeature(field);
  await expectUndone(field, () => succeeds(field.stage, 'flow.feature.finish', { name: 'login' }));
  await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
  await succeeds(field.stage, 'flow.release.start', { name: '1.4.0' });
  for (const repo of [api, web]) await commitOnly(repo as never, 'Prepare', { 'version.txt': '1.4.0\n' });
  await api?.git('pack-refs', '--all', '--prune');
  await expectUndone(field, () => succeeds(field.stage, 'flow.release.finish', { name: '1.4.0' }));
  await succeeds(field.stage, 'flow.release.finish', { name: '1.4.0' });
  expect(await web?.oid('v1.4.0^{commit}')).toMatch(/^[0-9a-f]{64}$/);
});

test('a detached head is where undo comes back to', async ({ world }) => {
  const field = await createField(world, 'api');
  const repo = field.workspace.repo('api');
  await withFeature(field);
  await repo.git('switch', '--quiet', '--detach', 'main');
  await expectUndone(field, () => succeeds(field.stage, 'flow.feature.start', { name: 'search' }));
  await expectUndone(field, () => succeeds(field.stage, 'flow.feature.finish', { name: 'login' }));
});

test('work in progress goes along where a feature is started, and comes back by undo', async ({ world }) => {
  const field = await createField(world, 'api');
  const repo = field.workspace.repo('api');
  await repo.write('plan.txt', 'staged\n');
  await repo.git('add', 'plan.txt');
  await repo.write('plan.txt', 'staged and changed\n');
  await repo.git('rm', '--quiet', '--cached', 'README.md');
  await repo.write('src/new.txt', 'intended\n');
  await repo.git('add', '--intent-to-add', 'src/new.txt');
  await expectUndone(field, () => succeeds(field.stage, 'flow.feature.start', { name: 'login' }));
});
