import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { succeed } from '../succeed.ts';
import { calledAs } from './called.ts';

const createFlow = async (world: World) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  const smctl = calledAs(world, 'smctl');
  await smctl('flow init');
  return { workspace, smctl, inSet: (...path: string[]) => workspace.path('.worktrees', ...path) };
};

describe('smctl worktree', () => {
  test('adds, lists and prints where a set is', async ({ world }) => {
    const { smctl, inSet } = await createFlow(world);
    expect((await smctl('worktree list')).stdout).toBe('no active worktrees\n');
    expect(await smctl('worktree add login --dry-run')).toMatchObject({
      code: 10,
      stdout: "would create worktree set 'login' on branch 'feature/login'\n",
    });
    expect(existsSync(inSet('login'))).toBe(false);
    expect(await smctl('worktree add login')).toMatchObject({
      code: 0,
      stdout: "created worktree set 'login' (2 repos)\n",
      stderr: '',
    });
    expect((await smctl('worktree list')).stdout).toBe('  login — api@feature/login, web@feature/login\n');
    expect(JSON.parse((await smctl('worktree list --json')).stdout)).toEqual([
      {
        name: 'login',
        worktrees: [
          { repo_name: 'api', branch: 'feature/login', path: inSet('login', 'api'), exists: true },
          { repo_name: 'web', branch: 'feature/login', path: inSet('login', 'web'), exists: true },
        ],
      },
    ]);
    expect((await smctl('worktree cd login')).stdout).toBe(`${inSet('login')}\n`);
    expect((await smctl('worktree switch login web')).stdout).toBe(`${inSet('login', 'web')}\n`);
  });

  test('adds to the repos that are named, on another branch', async ({ world }) => {
    const { smctl, inSet } = await createFlow(world);
    const { stdout } = await smctl('worktree add trial --repos web --branch trial --json');
    expect(JSON.parse(stdout)).toEqual([
      { repo_name: 'web', branch: 'trial', path: inSet('trial', 'web'), exists: true },
    ]);
    expect(existsSync(inSet('trial', 'api'))).toBe(false);
  });

  test('removes a set, and keeps its branches', async ({ world }) => {
    const { workspace, smctl, inSet } = await createFlow(world);
    await smctl('worktree add login');
    expect(await smctl('worktree remove login --dry-run')).toMatchObject({
      code: 10,
      stdout: "would remove worktree set 'login'\n",
    });
    expect(await smctl('worktree remove login')).toMatchObject({
      code: 0,
      stdout: "removed worktree set 'login'\n",
      stderr: '',
    });
    expect(existsSync(inSet('login'))).toBe(false);
    expect(await workspace.repo('api').oid('feature/login')).toBe(await workspace.repo('api').oid('develop'));
  });

  test('removes a set with its branches here and on the remote, where that is asked for', async ({
    world,
  }) => {
    const { workspace, smctl } = await createFlow(world);
    await smctl('worktree add login');
    await workspace.repo('api').git('push', '--quiet', 'origin', 'feature/login');
    const heads = (repo: string) =>
      workspace.remote(repo).git('for-each-ref', '--format=%(refname:short)', 'refs/heads');
    expect(await heads('api')).toContain('feature/login');
    expect((await smctl('worktree remove login --delete-remote --dry-run')).stdout).toBe(
      "would remove worktree set 'login'\nwould delete its branches (local + remote)\n",
    );
    expect(await smctl('worktree remove login --delete-remote')).toMatchObject({
      code: 0,
      stdout: "removed worktree set 'login'\n",
    });
    expect(await heads('api')).not.toContain('feature/login');
    for (const name of workspace.names)
      expect(await workspace.repo(name).git('branch', '--list', 'feature/login')).toBe('');
  });

  test('deletes no branch on a remote that is no feature, and removes nothing then', async ({ world }) => {
    const { smctl, inSet } = await createFlow(world);
    await smctl('worktree add trial --repos web --branch trial');
    const { code, stderr } = await smctl('worktree remove trial --delete-remote');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'error: worktree remove: --delete-remote is for features, and web is on trial there.',
    );
    expect(existsSync(inSet('trial', 'web'))).toBe(true);
  });

  test('leaves a set with uncommitted work alone until it is forced, and even then undo has it', async ({
    world,
  }) => {
    const { smctl, inSet } = await createFlow(world);
    await smctl('worktree add login');
    writeFileSync(inSet('login', 'web', 'draft.txt'), 'a day of work\n');

    const refused = await smctl('worktree remove login');
    expect(refused.code).toBe(3);
    expect(refused.stdout).not.toContain('removed worktree set');
    const asJson = await smctl('worktree remove login --json');
    expect(JSON.parse(asJson.stdout)).toMatchObject({ error: 'worktree-dirty' });
    expect(refused.stderr).toMatch(/^error: .*web/);
    expect(existsSync(inSet('login', 'web', 'draft.txt'))).toBe(true);
    expect(existsSync(inSet('login', 'api'))).toBe(true);

    const forced = await smctl('worktree remove login --force --json');
    expect(forced.code).toBe(0);
    expect(JSON.parse(forced.stdout)).toEqual({ removed: 'login', force: true });
    expect(existsSync(inSet('login'))).toBe(false);
    await succeed(world, ['undo', '--yes']);
    expect(existsSync(inSet('login', 'web', 'draft.txt'))).toBe(true);
  });

  test.for(['worktree cd nope', 'worktree remove nope'])(
    '%s names the set that is not there',
    async (line, { world }) => {
      const { smctl } = await createFlow(world);
      const { code, stdout, stderr } = await smctl(line);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain("error: worktree set 'nope' does not exist\n");
    },
  );
});

describe('smctl feat and done', () => {
  test('begin a feature with a worktree in every repo, and end it', async ({ world }) => {
    const { workspace, smctl, inSet } = await createFlow(world);
    expect(await smctl('feat login --dry-run')).toMatchObject({
      code: 10,
      stdout: "would start feature 'login' with worktree\n",
    });
    expect(await smctl('feat login')).toMatchObject({
      code: 0,
      stdout: "started feature 'login' with worktree\n",
      stderr: '',
    });
    expect((await smctl('worktree list')).stdout).toBe('  login — api@feature/login, web@feature/login\n');

    for (const repo of ['api', 'web']) {
      writeFileSync(inSet('login', repo, 'login.txt'), 'login\n');
      await world.run('git', ['-C', inSet('login', repo), 'add', '.']);
      await world.run('git', ['-C', inSet('login', repo), 'commit', '--quiet', '--message', 'Login']);
    }
    expect(await smctl('done login --dry-run')).toMatchObject({
      code: 10,
      stdout: "would finish feature 'login' and remove worktree\n",
    });
    expect(await smctl('done login')).toMatchObject({
      code: 0,
      stdout: "finished feature 'login' and removed worktree\n",
    });
    expect(existsSync(inSet('login'))).toBe(false);
    expect(await workspace.repo('api').git('show', 'develop:login.txt')).toBe('login');
    expect((await smctl('flow feature list')).stdout).toBe('no active features\n');
  });

  test('are what flow feature start --worktree begins as well', async ({ world }) => {
    const { smctl, inSet } = await createFlow(world);
    expect(await smctl('flow feature start login --worktree --repos api')).toMatchObject({
      code: 0,
      stdout: "started feature 'feature/login'\ncreated worktree set 'login'\n",
    });
    expect(existsSync(inSet('login', 'api'))).toBe(true);
    expect(existsSync(inSet('login', 'web'))).toBe(false);
  });
});
