import { mkdir, readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { createRepo } from '../../rig/git.ts';
import { createSite } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { createStage, writeText } from './stage.ts';

const manifestOf = (dir: string) => readFile(`${dir}/.gantry/workspace.toml`, 'utf8');

describe('workspace adopt', () => {
  test('given clones below a directory, it lists them with their remotes and branches', async ({ world }) => {
    const stage = createStage(world);
    const work = world.path('work');
    const api = await createSite(world, { dir: `${work}/api`, remote: world.path('remotes', 'api.git') });
    await createRepo(world, `${work}/tools/lint`);
    const old = await createRepo(world, `${work}/old`);
    await old.git('symbolic-ref', 'HEAD', 'refs/heads/master');

    expect((await stage.receipt('workspace.adopt')).status).toBe('done');
    expect(await manifestOf(work)).toBe(
      [
        '# The repos of this workspace; `gantry workspace --help` lists what can be done with them.',
        '[workspace]',
        'name = "work"',
        '',
        '# What makes a new worktree ready for work, in every repo or as `worktree = { ... }` of one:',
        '# [worktree]',
        '# copy = [".env"]',
        '# run_cmd = "npm ci"',
        '',
        '[[repos]]',
        'name = "api"',
        `url = "${api.remote.dir}"`,
        '',
        '[[repos]]',
        'name = "old"',
        'default_branch = "master"',
        '',
        '[[repos]]',
        'name = "lint"',
        'path = "tools/lint"',
        '',
      ].join('\n'),
    );
  });

  test('it looks neither into repositories nor into what is installed or hidden, and not too deep', async ({
    world,
  }) => {
    const stage = createStage(world);
    const work = world.path('work');
    for (const dir of ['api', 'api/inner', 'web/node_modules/dep', '.cache/x', 'a/b/c/d/e/deep', 'a/b/near'])
      await createRepo(world, `${work}/${dir}`);

    const plan = await stage.plan('workspace.adopt');
    expect(plan.described[0]?.calls[0]?.summary).toContain('begin a workspace of near, api');
    await stage.receipt('workspace.adopt', { depth: 6 });
    const { repos } = await stage.data<{ repos: { name: string }[] }>('workspace.list');
    expect(repos.map(({ name }) => name)).toEqual(['deep', 'near', 'api']);
  });

  test('submodules and linked worktrees belong to their repository', async ({ world }) => {
    const stage = createStage(world);
    const work = world.path('work');
    await createSite(world, { dir: work, remote: world.path('remotes', 'root.git'), state: 'submodule' });
    await createSite(world, {
      dir: `${work}/api`,
      remote: world.path('remotes', 'api.git'),
      state: 'worktree',
    });
    await stage.receipt('workspace.adopt');
    const { repos } = await stage.data<{ repos: { name: string; path: string }[] }>('workspace.list');
    expect(repos.map(({ name, path }) => [name, path])).toEqual([
      ['work', work],
      ['api', `${work}/api`],
    ]);
  });

  test('repositories of one name are told apart by their paths', async ({ world }) => {
    const stage = createStage(world);
    await createRepo(world, world.path('work', 'a', 'api'));
    await createRepo(world, world.path('work', 'b', 'api'));
    await stage.receipt('workspace.adopt');
    const { repos } = await stage.data<{ repos: { name: string }[] }>('workspace.list');
    expect(repos.map(({ name }) => name)).toEqual(['a/api', 'b/api']);
  });

  test('run again, it adds what is new and keeps every line', async ({ world }) => {
    const stage = createStage(world);
    const work = world.path('work');
    await createRepo(world, `${work}/api`);
    await stage.receipt('workspace.adopt');
    const edited = (await manifestOf(work)).replace('name = "api"', 'name = "api" # the first');
    await writeText(`${work}/.gantry/workspace.toml`, edited);
    expect((await stage.receipt('workspace.adopt')).steps).toMatchObject([{ status: 'skipped' }]);

    await createRepo(world, `${work}/web`);
    await stage.receipt('workspace.adopt');
    expect(await manifestOf(work)).toBe(`${edited}\n[[repos]]\nname = "web"\n`);
  });

  test('a token in a remote address does not get into the manifest', async ({ world }) => {
    const stage = createStage(world);
    const repo = await createRepo(world, world.path('work', 'api'));
    await repo.git('remote', 'add', 'origin', 'https://token@example.test/api.git');
    await stage.receipt('workspace.adopt');
    expect(await manifestOf(world.path('work'))).toContain('url = "https://example.test/api.git"');
  });

  test('a directory whose name could do harm is refused, and the others are adopted', async ({ world }) => {
    const stage = createStage(world);
    for (const dir of ['api', '-rf', '\x1b[31mred', 'two\nlines', 'two words'])
      await createRepo(world, world.path('work', dir));
    const receipt = await stage.receipt('workspace.adopt');
    const refused = receipt.steps.filter(({ status }) => status === 'refused');
    expect(refused).toHaveLength(3);
    expect(refused.find(({ target }) => target.name === '-rf')?.failure?.next).toEqual([
      `mv ${world.path('work', '-rf')} ${world.path('work', 'NAME')}`,
      'gantry workspace adopt',
    ]);
    const { repos } = await stage.data<{ repos: { name: string }[] }>('workspace.list');
    expect(repos.map(({ name }) => name)).toEqual(['api', 'two words']);
  });

  test('where nothing is found it says so', async ({ world }) => {
    await mkdir(world.path('work', 'empty'));
    expect(await createStage(world).failure('workspace.adopt', { directory: 'empty' })).toMatchObject({
      code: 'nothing-found',
      exit: 'workspace',
    });
    expect(await createStage(world).failure('workspace.adopt', { directory: 'nowhere' })).toMatchObject({
      code: 'not-a-directory',
    });
  });
});
