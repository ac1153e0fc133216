import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { commitOnly, createField, type Field, failures, likenesses, succeeds, withFeature } from './field.ts';

/** In one repo, develop has changed the same line in the meantime. */
const withConflict = async (field: Field, name: string) => {
  await withFeature(field);
  const repo = field.workspace.repo(name);
  await commitOnly(repo, 'Greet', { 'README.md': 'hello\n' });
  await repo.git('switch', '--quiet', 'develop');
  await commitOnly(repo, 'Greet otherwise', { 'README.md': 'good day\n' });
};

const gone = async ({ workspace }: Field) =>
  (
    await Promise.all(
      workspace.names.map(async (name) =>
        (await workspace.repo(name).git('branch', '--list', 'feature/*')) === '' ? [name] : [],
      ),
    )
  ).flat();

describe('a conflict in one repo of several', () => {
  test.for([{}, { squash: true }, { rebase: true }])(
    'leaves that one as it was, %j; resolved, the same command finishes the rest',
    async (input, { world }) => {
      const field = await createField(world, 'api', 'web', 'docs');
      await withConflict(field, 'web');
      const before = await likenesses(field.workspace);
      const finish = { name: 'login', ...input };
      const found = await failures(field.stage, 'flow.feature.finish', finish);
      expect(found).toMatchObject({
        web: { code: 'merge-conflict', exit: 'git', details: { files: ['README.md'] } },
      });
      expect(Object.keys(found)).toEqual(['web']);
      expect((await likenesses(field.workspace)).web).toEqual(before.web);
      expect(await gone(field)).toEqual(['api', 'docs']);
      const repo = field.workspace.repo('web');
      await repo.git('switch', '--quiet', 'feature/login');
      await repo.tryGit('merge', 'develop');
      await commitOnly(repo, 'Resolve', { 'README.md': 'hello, good day\n' });
      await succeeds(field.stage, 'flow.feature.finish', finish);
      expect(await gone(field)).toEqual(['api', 'web', 'docs']);
      expect(await repo.git('show', 'develop:README.md')).toBe('hello, good day');
    },
  );

  test('that only the rebase meets leaves it as it was, too', async ({ world }) => {
    const field = await createField(world, 'api', 'web');
    await withFeature(field);
    const repo = field.workspace.repo('web');
    await commitOnly(repo, 'Greet', { 'README.md': 'hello\n' });
    await commitOnly(repo, 'Greet otherwise', { 'README.md': 'good day\n' });
    await repo.git('switch', '--quiet', 'develop');
    await commitOnly(repo, 'Greet otherwise here', { 'README.md': 'good day\n' });
    const before = await likenesses(field.workspace);
    const found = await failures(field.stage, 'flow.feature.finish', { name: 'login', rebase: true });
    expect(found.web?.code).toBe('merge-conflict');
    expect((await likenesses(field.workspace)).web).toEqual(before.web);
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
  });

  test('of an update leaves it as it was', async ({ world }) => {
    const field = await createField(world, 'api', 'web');
    await withConflict(field, 'web');
    const before = await likenesses(field.workspace);
    const found = await failures(field.stage, 'flow.feature.update', { name: 'login' });
    expect(found.web?.code).toBe('merge-conflict');
    expect((await likenesses(field.workspace)).web).toEqual(before.web);
  });
});

test('what undo takes back of a finish with a conflict is what was done', async ({ world }) => {
  const field = await createField(world, 'api', 'web');
  await withConflict(field, 'web');
  const before = await likenesses(field.workspace);
  await failures(field.stage, 'flow.feature.finish', { name: 'login' });
  await succeeds(field.stage, 'undo');
  expect(await likenesses(field.workspace)).toEqual(before);
});
