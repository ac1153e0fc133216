import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import {
  commitOnly,
  createField,
  expectUndone,
  type Field,
  failures,
  likenesses,
  succeeds,
  withFeature,
  withGitFlow,
} from './field.ts';

const subjects = async ({ workspace }: Field, revision: string) =>
  Promise.all(workspace.names.map((name) => workspace.repo(name).git('log', '-1', '--format=%s', revision)));

describe('a feature that is started', () => {
  test('is checked out in every repo that is asked for, and undo takes it away', async ({ world }) => {
    const field = await createField(world, 'api', 'web');
    await expectUndone(field, () => succeeds(field.stage, 'flow.feature.start', { name: 'login' }));
    await succeeds(field.stage, 'flow.feature.start', { name: 'login', repos: ['api'] });
    expect(await field.workspace.repo('api').git('branch', '--show-current')).toBe('feature/login');
    expect(await field.workspace.repo('web').git('branch', '--list', 'feature/*')).toBe('');
  });

  test('notes its base for git-flow, and undo gives the configuration back', async ({ world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await withGitFlow(repo);
    await expectUndone(field, () => succeeds(field.stage, 'flow.feature.start', { name: 'login' }));
    await succeeds(field.stage, 'flow.feature.start', { name: 'login' });
    expect(await repo.git('config', 'gitflow.branch.feature/login.base')).toBe('develop');
  });

  test('twice is started once', async ({ world }) => {
    const { stage, workspace } = await createField(world, 'api', 'web');
    await succeeds(stage, 'flow.feature.start', { name: 'login', repos: ['api'] });
    const { steps } = await succeeds(stage, 'flow.feature.start', { name: 'login' });
    expect(steps.map(({ target, status }) => [target.name, status])).toEqual([
      ['api', 'skipped'],
      ['web', 'done'],
    ]);
    expect(await workspace.repo('web').git('branch', '--show-current')).toBe('feature/login');
  });

  test('from another base goes back to that base', async ({ world }) => {
    const field = await createField(world, 'api');
    const repo = field.workspace.repo('api');
    await repo.branch('next', 'develop');
    await succeeds(field.stage, 'flow.feature.start', { name: 'login', base: 'next' });
    await commitOnly(repo, 'Begin', { 'login.txt': 'login\n' });
    const develop = await repo.oid('develop');
    await expectUndone(field, () => succeeds(field.stage, 'flow.feature.finish', { name: 'login' }));
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
    expect(await repo.git('branch', '--show-current')).toBe('next');
    expect(await repo.oid('develop')).toBe(develop);
    expect(await repo.git('log', '-1', '--format=%s', 'next')).toBe("Merge branch 'feature/login' into next");
  });

  test('with --fetch stops where the remote has more', async ({ world }) => {
    const { stage, workspace } = await createField(world, 'api');
    const repo = workspace.repo('api');
    const before = await repo.oid('develop');
    await commitOnly(repo, 'Work of others', { 'others.txt': 'others\n' });
    await repo.git('push', '--quiet');
    await repo.git('reset', '--hard', '--quiet', before);
    await repo.git('update-ref', 'refs/remotes/origin/develop', before);
    const found = await failures(stage, 'flow.feature.start', { name: 'login', fetch: true });
    expect(found.api?.code).toBe('flow-base-behind');
    expect(await repo.git('branch', '--list', 'feature/*')).toBe('');
    await succeeds(stage, 'flow.sync');
    await succeeds(stage, 'flow.feature.start', { name: 'login', fetch: true });
  });
});

describe('a feature that is finished', () => {
  const manners = {
    'as it is': { input: {}, subject: "Merge branch 'feature/login' into develop", parents: 2 },
    'with a message': { input: { message: '--delete\n\n# $(id)' }, subject: '--delete', parents: 2 },
    squashed: { input: { squash: true, message: 'Log in' }, subject: 'Log in', parents: 1 },
    rebased: { input: { rebase: true }, subject: "Merge branch 'feature/login' into develop", parents: 2 },
    'by --no-ff': {
      input: { noFf: true, style: 'avh' },
      subject: "Merge branch 'feature/login' into develop",
      parents: 2,
    },
    'in the way of git-flow': { input: { style: 'avh' }, subject: 'Begin login', parents: 1 },
  } as const;

  test.for(Object.entries(manners))('%s, is merged, gone, and comes back', async ([, manner], { world }) => {
    const field = await createField(world, 'api', 'web');
    for (const name of field.workspace.names) await withGitFlow(field.workspace.repo(name));
    await withFeature(field);
    if ('rebase' in manner.input) {
      for (const name of field.workspace.names) {
        const repo = field.workspace.repo(name);
        await repo.git('switch', '--quiet', 'develop');
        await commitOnly(repo, 'Meanwhile', { 'meanwhile.txt': 'meanwhile\n' });
      }
    }
    const finish = () => succeeds(field.stage, 'flow.feature.finish', { name: 'login', ...manner.input });
    await expectUndone(field, finish);
    await finish();
    expect(await subjects(field, 'develop')).toEqual([manner.subject, manner.subject]);
    for (const name of field.workspace.names) {
      const repo = field.workspace.repo(name);
      const parents = (await repo.git('log', '-1', '--format=%P', 'develop')).split(' ');
      expect(parents).toHaveLength(manner.parents);
      expect(await repo.git('branch', '--show-current')).toBe('develop');
      expect(await repo.git('branch', '--list', 'feature/*')).toBe('');
      expect(await repo.git('config', '--local', '--list')).not.toContain('feature/login');
      expect(await repo.git('show', 'develop:login.txt')).toBe(`login of ${name}`);
    }
  });

  test('with --keep stays, and finishing it then takes only the branch', async ({ world }) => {
    const field = await createField(world, 'api');
    await withFeature(field);
    await expectUndone(field, () =>
      succeeds(field.stage, 'flow.feature.finish', { name: 'login', keep: true }),
    );
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login', keep: true });
    const merged = await field.workspace.repo('api').oid('develop');
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login', keep: true });
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
    expect(await field.workspace.repo('api').oid('develop')).toBe(merged);
    expect(await field.workspace.repo('api').git('branch', '--list', 'feature/*')).toBe('');
  });

  test('without a name is the one that is checked out where the caller is', async ({ world }) => {
    const field = await createField(world, 'api', 'web');
    await withFeature(field);
    const outside = await failures(field.stage, 'flow.feature.finish');
    expect(outside['']?.code).toBe('flow-name-missing');
    await succeeds(field.stage, 'flow.feature.finish', {}, { cwd: field.workspace.path('web', 'src') });
    for (const name of field.workspace.names)
      expect(await field.workspace.repo(name).git('branch', '--list', 'feature/*')).toBe('');
  });

  test('with --push says that this stays, pushes develop and takes the published branch away', async ({
    world,
  }) => {
    const field = await createField(world, 'api');
    await withFeature(field);
    await succeeds(field.stage, 'flow.feature.publish', { name: 'login' });
    const remote = field.workspace.remote('api');
    expect(await remote.git('branch', '--list', 'feature/*')).toContain('feature/login');
    const before = await likenesses(field.workspace);
    const plan = await field.stage.plan('flow.feature.finish', { name: 'login', push: true });
    const outward = plan.described.flatMap(({ calls }) => calls).filter(({ effect }) => effect === 'outward');
    expect(outward.map(({ summary, irreversible }) => ({ summary, irreversible }))).toEqual([
      { summary: expect.stringContaining('push'), irreversible: true },
      { summary: 'delete feature/login of origin', irreversible: true },
    ]);
    expect(plan.needsApproval).toBe(true);
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login', push: true });
    expect(await remote.oid('develop')).toBe(await field.workspace.repo('api').oid('develop'));
    expect(await remote.git('branch', '--list', 'feature/*')).toBe('');
    await succeeds(field.stage, 'undo');
    const local = ({ api }: typeof before) => ({
      ...api,
      refs: api?.refs.filter((ref) => !ref.includes('refs/remotes/')),
    });
    expect(local(await likenesses(field.workspace))).toEqual(local(before));
  });

  test('that was published and is finished without --push stays published', async ({ world }) => {
    const field = await createField(world, 'api');
    await withFeature(field);
    await succeeds(field.stage, 'flow.feature.publish', { name: 'login' });
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
    const left = await field.workspace.remote('api').git('branch', '--list', 'feature/*');
    expect(left).toContain('feature/login');
  });

  test('from a linked worktree of develop is merged there', async ({ world }) => {
    const field = await createField(world, 'api');
    await withFeature(field);
    const repo = field.workspace.repo('api');
    await repo.git('switch', '--quiet', 'main');
    await repo.git('worktree', 'add', '--quiet', '../api-develop', 'develop');
    await expectUndone(field, () => succeeds(field.stage, 'flow.feature.finish', { name: 'login' }));
    await succeeds(field.stage, 'flow.feature.finish', { name: 'login' });
    expect(await repo.git('branch', '--show-current')).toBe('main');
    expect((await subjects(field, 'develop'))[0]).toBe("Merge branch 'feature/login' into develop");
    expect(await repo.git('-C', '../api-develop', 'status', '--porcelain')).toBe('');
  });
});
