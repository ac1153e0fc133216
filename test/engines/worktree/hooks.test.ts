import { existsSync } from 'node:fs';
import { mkdir, readFile, readlink, symlink } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { commandsOf } from '#engines/workspace/commands.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage, outcomesOf, stepOf, writeText } from '../workspace/stage.ts';

const withHooks = async (world: World, manifest: string) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  await writeText(world.path('work', '.gantry', 'workspace.toml'), `[workspace]\nname = "w"\n${manifest}`);
  return workspace;
};

const inSet = (world: World, ...path: string[]) => world.path('work', '.worktrees', 'login', ...path);

describe('setup hooks of worktrees', () => {
  test('copy untracked files of the main worktree, ignored ones too, by pattern', async ({ world }) => {
    const workspace = await withHooks(
      world,
      '[worktree]\ncopy = [".env*"]\n[[repos]]\nname = "api"\nworktree = { copy = [".env", "config/*.local", "secrets"] }\n[[repos]]\nname = "web"\n',
    );
    const api = workspace.repo('api');
    await api.write('.git/info/exclude', '.env\nsecrets/\n');
    for (const path of ['.env', 'config/a.local', 'config/b.other', 'secrets/deep/er.key', 'ä ö\n.txt']) {
      await api.write(path, `${path} of api\n`);
    }
    await workspace.repo('web').write('.env.test', 'test\n');

    expect((await createStage(world).receipt('worktree.add', { name: 'login' })).status).toBe('done');
    expect(await readFile(inSet(world, 'api', '.env'), 'utf8')).toBe('.env of api\n');
    expect(await readFile(inSet(world, 'api', 'config', 'a.local'), 'utf8')).toBe('config/a.local of api\n');
    expect(existsSync(inSet(world, 'api', 'config', 'b.other'))).toBe(false);
    expect(existsSync(inSet(world, 'api', 'secrets', 'deep', 'er.key'))).toBe(true);
    expect(await readFile(inSet(world, 'web', '.env.test'), 'utf8')).toBe('test\n');
  });

  test('write over nothing, and through no link', async ({ world }) => {
    const workspace = await withHooks(
      world,
      '[[repos]]\nname = "api"\nworktree = { copy = ["config/*", "README.md", "link"] }\n',
    );
    const api = workspace.repo('api');
    await mkdir(world.path('outside'));
    await api.switchTo('main');
    await api.git('switch', '--quiet', '--create', 'login');
    await symlink(world.path('outside'), api.path('config'));
    await api.commit('A directory that leads out');
    await api.git('switch', '--quiet', 'main');
    await api.write('config/a.local', 'mine\n');
    await symlink('/etc/passwd', api.path('link'));

    await createStage(world).receipt('worktree.add', { name: 'login' });
    expect(existsSync(world.path('outside', 'a.local'))).toBe(false);
    expect(await readlink(inSet(world, 'api', 'link'))).toBe('/etc/passwd');
    expect(await readFile(inSet(world, 'api', 'README.md'), 'utf8')).toBe(
      `${await api.git('show', 'login:README.md')}\n`,
    );
  });

  test.for(['../other/.env', '/etc/passwd', 'a/../../b'])(
    'a pattern that leads out: %s',
    async (pattern, { world }) => {
      await withHooks(world, `[[repos]]\nname = "api"\nworktree = { copy = ["${pattern}"] }\n`);
      expect(await createStage(world).failure('worktree.add', { name: 'login' })).toMatchObject({
        code: 'manifest-invalid',
        message: expect.stringContaining('leads out of the repo'),
      });
    },
  );

  test('a command runs in a trusted workspace alone, and knows where it is', async ({ world }) => {
    const workspace = await withHooks(
      world,
      `[worktree]\nrun_cmd = 'env | grep ^GANTRY_ | sort > told; pwd >> told; echo run >> ../runs'\n[[repos]]\nname = "api"\n`,
    );
    await workspace.repo('api').write('.git/info/exclude', 'told\n');
    const stage = createStage(world);
    expect(commandsOf(await readWorkspace(testContext(world, { workspace: workspace.dir })))).toEqual([
      expect.stringMatching(/^workspace worktree run_cmd: env/),
    ]);

    const refused = await stage.receipt('worktree.add', { name: 'login' });
    expect(stepOf(refused, 'api')).toMatchObject({
      status: 'refused',
      failure: {
        code: 'workspace-untrusted',
        next: ['gantry workspace trust', 'gantry worktree add login --repos api'],
      },
    });
    expect(existsSync(inSet(world, 'api', 'told'))).toBe(false);

    await stage.receipt('workspace.trust', {}, { actor: 'human' });
    expect((await stage.receipt('worktree.add', { name: 'login' })).status).toBe('done');
    expect((await readFile(inSet(world, 'api', 'told'), 'utf8')).trim().split('\n')).toEqual([
      'GANTRY_BRANCH=login',
      `GANTRY_MAIN=${workspace.path('api')}`,
      'GANTRY_REPO=api',
      'GANTRY_SET=login',
      `GANTRY_WORKTREE=${inSet(world, 'api')}`,
      inSet(world, 'api'),
    ]);
    const again = await stage.receipt('worktree.add', { name: 'login' });
    expect(outcomesOf(again, 'api')).toEqual(['skipped: is there already, on login']);
    expect(await readFile(inSet(world, 'runs'), 'utf8')).toBe('run\n');
  });

  test('a command that fails leaves the worktree and says so; the same command tries it again', async ({
    world,
  }) => {
    const workspace = await withHooks(
      world,
      `[[repos]]\nname = "api"\nworktree = { run_cmd = 'echo broken >&2; test -e ready' }\n`,
    );
    await workspace.repo('api').write('.git/info/exclude', 'ready\n');
    const stage = createStage(world);
    await stage.receipt('workspace.trust', {}, { actor: 'human' });
    const failed = await stage.receipt('worktree.add', { name: 'login' });
    expect(stepOf(failed, 'api').failure).toMatchObject({
      code: 'worktree-setup-failed',
      message: 'api: the setup ended with exit code 1: broken.',
      next: ['gantry worktree add login --repos api', 'gantry worktree remove login'],
    });
    await writeText(inSet(world, 'api', 'ready'), '');
    expect((await stage.receipt('worktree.add', { name: 'login' })).status).toBe('done');
  });

  test('are left out on request, and run by the same command later', async ({ world }) => {
    const workspace = await withHooks(world, '[[repos]]\nname = "api"\nworktree = { copy = [".env"] }\n');
    await workspace.repo('api').write('.env', 'mine\n');
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login', noSetup: true });
    expect(existsSync(inSet(world, 'api', '.env'))).toBe(false);
    await stage.receipt('worktree.add', { name: 'login' });
    expect(existsSync(inSet(world, 'api', '.env'))).toBe(true);
    await stage.receipt('undo', {}, { approval: { yes: true } });
    expect(existsSync(inSet(world, 'api', '.env'))).toBe(false);
    expect(existsSync(inSet(world, 'api', 'README.md'))).toBe(true);
  });

  test('undo leaves a copy that was changed since', async ({ world }) => {
    const workspace = await withHooks(world, '[[repos]]\nname = "api"\nworktree = { copy = [".env"] }\n');
    await workspace.repo('api').write('.git/info/exclude', '.env\n');
    await workspace.repo('api').write('.env', 'theirs\n');
    const stage = createStage(world);
    await stage.receipt('worktree.add', { name: 'login', noSetup: true });
    await stage.receipt('worktree.add', { name: 'login' });
    await writeText(inSet(world, 'api', '.env'), 'mine\n');
    await stage.receipt('undo', {}, { approval: { yes: true } });
    expect(await readFile(inSet(world, 'api', '.env'), 'utf8')).toBe('mine\n');
  });
});
