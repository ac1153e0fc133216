import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';
import { expectOneError } from '../told.ts';

describe('repos in the shell', () => {
  test('are listed with what a person wants to know of them', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty', web: 'behind', docs: 'untracked', site: 'conflicted' });
    const { stdout } = await succeed(world, ['repo', 'status']);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^REPO +STATE +BRANCH +UPSTREAM/);
    expect(rows.map((row) => row.split(/ +/)[0])).toEqual(['api', 'web', 'docs', 'site']);
    const { data } = (await succeed(world, ['repo', 'status', '--json'])).json<{ repos: object[] }>();
    expect(data.repos).toMatchObject([
      { name: 'api', branch: 'main', changed: 1, behind: 0 },
      { name: 'web', behind: 1, ahead: 0 },
      { name: 'docs', untracked: 1 },
      { name: 'site', operation: 'merge', conflicted: 1 },
    ]);
  });

  test('are chosen by name, in any order, and each acts for itself', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'unfetched', web: 'unfetched', docs: 'unfetched' });
    const before = await pictureOf(workspace.repo('docs'));
    const { json } = await succeed(world, ['repo', 'fetch', 'web', 'api', '--json']);
    expect(json().data).toMatchObject({ repos: [{ repo: 'api' }, { repo: 'web' }] });
    expect(await workspace.repo('api').git('rev-list', '--count', 'HEAD..@{upstream}')).toBe('1');
    expect(await pictureOf(workspace.repo('docs'))).toEqual(before);
  });

  test('are pulled, with a summary of what came', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'unfetched', web: 'clean' });
    const { json } = await succeed(world, ['repo', 'pull', '--json']);
    expect(json().data).toMatchObject({
      repos: [
        { repo: 'api', status: 'done', commits: 1, files: 1, subjects: ['Work of others'] },
        { repo: 'web', status: 'skipped', commits: 0 },
      ],
    });
    expect(await workspace.repo('api').oid()).toBe(await workspace.remote('api').oid('main'));
  });

  test('that can not be fast-forwarded say why, and the others go on', async ({ world }) => {
    const workspace = await createWorkspace(world, {
      api: 'diverged',
      web: 'unfetched',
      docs: 'detached',
      site: 'local',
      app: 'gone',
      lib: 'conflicted',
    });
    const others = ['api', 'docs', 'site', 'app', 'lib'];
    const before = await Promise.all(others.map((name) => workspace.repo(name).oid()));
    const finished = await world.gantry(['repo', 'pull']);
    expect(finished.code).toBe(3);
    for (const name of others) expect(finished.stdout).toMatch(new RegExp(`^${name} +refused +\\S`, 'm'));
    expect(finished.stdout).toMatch(/^web +done +1 commit/m);
    expect(await Promise.all(others.map((name) => workspace.repo(name).oid()))).toEqual(before);
  });

  test('are pushed after a yes, and a push says that nothing takes it back', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'ahead' });
    const waiting = await world.gantry(['repo', 'push', 'api']);
    expect(waiting.code).toBe(9);
    expect(waiting.stdout).toMatch(/can't be undone/);
    expect(await workspace.remote('api').oid('main')).not.toBe(await workspace.repo('api').oid());
    await succeed(world, ['repo', 'push', 'api', '--yes']);
    expect(await workspace.remote('api').oid('main')).toBe(await workspace.repo('api').oid());
    expect((await world.gantry(['undo', '1'])).code).toBe(1);
  });

  test('are reset only where they are named, or all are meant', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'dirty' });
    const unnamed = await world.gantry(['repo', 'reset', '--yes']);
    expect(unnamed.code).toBe(2);
    expectOneError(unnamed);
    await succeed(world, ['repo', 'reset', 'web', '--yes']);
    expect(await workspace.repo('api').git('status', '--porcelain')).not.toBe('');
    await succeed(world, ['repo', 'reset', '--all', '--yes']);
    expect(await workspace.repo('api').git('status', '--porcelain')).toBe('');
  });

  test('are reset with their submodules at the recorded commits', async ({ world }) => {
    await world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);
    const workspace = await createWorkspace(world, { api: 'submodule' });
    const repo = workspace.repo('api');
    const recorded = await repo.git('rev-parse', 'HEAD:library');
    await world.run('git', ['-C', repo.path('library'), 'checkout', '--quiet', 'HEAD~1']);
    await repo.write('library/README.md', 'changed in the library\n');
    const before = await pictureOf(repo);
    await succeed(world, ['repo', 'reset', 'api', '--yes']);
    expect(await repo.git('-C', 'library', 'rev-parse', 'HEAD')).toBe(recorded);
    expect(await repo.git('status', '--porcelain')).toBe('');
    await succeed(world, ['undo']);
    expect(await pictureOf(repo)).toEqual(before);
    expect(await repo.git('-C', 'library', 'rev-parse', 'HEAD')).not.toBe(recorded);
  });
});
