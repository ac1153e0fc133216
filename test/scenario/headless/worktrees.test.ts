import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { gitFaults } from '../../rig/faults.ts';
import { repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectSound } from '../evidence.ts';
import { succeed } from '../succeed.ts';

const worktree = (world: World, set: string, repo: string) =>
  repoAt(world, world.path('work', '.worktrees', set, repo));

describe('given three repos, when one name opens a worktree in each', () => {
  test('there is work in all of them beside what is open, and one command ends it', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'clean', docs: 'conflicted' });
    const { stdout } = await succeed(world, ['worktree', 'add', 'login']);
    for (const name of workspace.names)
      expect(stdout).toContain(world.path('work', '.worktrees', 'login', name));

    const there = (await succeed(world, ['worktree', 'switch', 'login', 'api'])).stdout;
    expect(there).toBe(`${worktree(world, 'login', 'api').dir}\n`);
    await succeed(world, [
      'worktree',
      'exec',
      'login',
      '--',
      'sh',
      '-c',
      'echo login > login.txt; git add .',
    ]);
    await succeed(world, ['worktree', 'exec', 'login', '--', 'git', 'commit', '-qm', 'Begin the login']);
    expect((await succeed(world, ['worktree', 'list', 'login'])).stdout).toMatch(/^login {2}web +ok +login/m);

    const asked = await world.gantry(['worktree', 'remove', 'login']);
    expect(asked.code).toBe(9);
    expect(existsSync(worktree(world, 'login', 'api').dir)).toBe(true);
    await succeed(world, ['worktree', 'remove', 'login', '--yes']);
    expect(existsSync(world.path('work', '.worktrees', 'login'))).toBe(false);
    expect(await workspace.repo('web').git('log', '-1', '--format=%s', 'login')).toBe('Begin the login');
    expect(await workspace.repo('api').git('status', '--porcelain')).toBe(' M README.md');
    for (const name of workspace.names) await expectSound(workspace.repo(name));
  });

  test('a dry run shows every command and changes nothing', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean' });
    const { stdout } = await succeed(world, ['worktree', 'add', 'login', '--dry-run']);
    expect(stdout).toContain(`git worktree add --quiet -- ${worktree(world, 'login', 'web').dir} login`);
    expect(existsSync(world.path('work', '.worktrees'))).toBe(false);
  });

  test('one repo that can not take part keeps all of them as they are, exit 3', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
    await workspace.repo('web').git('switch', '--quiet', '--create', 'login');
    const refused = await world.gantry(['worktree', 'add', 'login']);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`web: login is checked out at ${workspace.path('web')}.`);
    expect(refused.stderr).toContain(`next: git -C ${workspace.path('web')} switch main`);
    expect(await workspace.repo('api').git('branch', '--list', 'login')).toBe('');
  });
});

describe('given work in a worktree, when its set is removed', () => {
  test('it is refused, and with --force every byte of it comes back with undo', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    await workspace.repo('api').write('.git/info/exclude', '.env\nnode_modules/\n');
    await succeed(world, ['worktree', 'add', 'login']);
    const made = worktree(world, 'login', 'api');
    await made.write('notes.txt', 'mine\n');
    await made.write('.env', 'SECRET=1\n');
    await made.write('node_modules/a/index.js', '');

    const refused = await world.gantry(['worktree', 'remove', 'login', '--yes']);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('has 1 untracked file.');
    const shown = await succeed(world, ['worktree', 'remove', 'login', '--force', '--dry-run']);
    expect(shown.stdout).toContain(
      "delete 1 ignored directory: node_modules/ (destructive, can't be undone)",
    );

    await succeed(world, ['worktree', 'remove', 'login', '--force', '--yes']);
    await succeed(world, ['undo', '--yes']);
    expect(await readFile(made.path('notes.txt'), 'utf8')).toBe('mine\n');
    expect(await readFile(made.path('.env'), 'utf8')).toBe('SECRET=1\n');
    expect(await made.git('status', '--porcelain')).toBe('?? notes.txt');
    await expectSound(workspace.repo('api'));
  });

  test('what prune deletes can no longer come back, and undo says so', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    await succeed(world, ['worktree', 'add', 'login']);
    await succeed(world, ['worktree', 'remove', 'login', '--yes']);
    await succeed(world, ['undo', 'prune', '--all', '--yes']);
    const undone = await world.gantry(['undo', '2', '--yes']);
    expect(undone.code).not.toBe(0);
    expect(undone.stderr).toContain('what was removed is gone, not kept');
  });
});

test('files and a command that make a worktree ready, only where a person trusts them', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'clean' });
  await appendFile(
    workspace.path('.gantry', 'workspace.toml'),
    "\n[worktree]\ncopy = ['.env']\nrun_cmd = 'echo $GANTRY_SET > ready'\n",
  );
  await workspace.repo('api').write('.git/info/exclude', '.env\nready\n');
  await workspace.repo('api').write('.env', 'SECRET=1\n');
  const denied = await world.gantry(['worktree', 'add', 'login']);
  expect(denied.code).toBe(8);
  expect(denied.stderr).toContain('next: gantry workspace trust');
  const made = worktree(world, 'login', 'api');
  expect(await readFile(made.path('.env'), 'utf8')).toBe('SECRET=1\n');
  expect(existsSync(made.path('ready'))).toBe(false);

  await succeed(world, ['worktree', 'remove', 'login', '--yes', '--delete-branch']);
  await succeed(world, ['worktree', 'add', 'login', '--no-setup']);
  expect(existsSync(made.path('.env'))).toBe(false);
});

test('two processes that add the same set at once make it once', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean' });
  const both = await Promise.all([
    world.gantry(['worktree', 'add', 'login']),
    world.gantry(['worktree', 'add', 'login']),
  ]);
  expect(both.some(({ code }) => code === 0)).toBe(true);
  await succeed(world, ['worktree', 'add', 'login']);
  for (const name of workspace.names) {
    expect(await worktree(world, 'login', name).git('branch', '--show-current')).toBe('login');
    expect(await worktree(world, 'login', name).git('status', '--porcelain')).toBe('');
    await expectSound(workspace.repo(name));
  }
});

test('a set that was half made when the program died is finished by the same command', async ({ world }) => {
  const names = ['api', 'docs', 'site', 'web'];
  const workspace = await createWorkspace(world, Object.fromEntries(names.map((name) => [name, 'clean'])));
  const faults = await gitFaults(world);
  await faults.arm({ match: 'worktree add *', nth: 2, kill: 'caller', when: 'after' });
  expect((await world.gantry(['worktree', 'add', 'login'])).signal).toBe('SIGKILL');
  await faults.disarm();
  await succeed(world, ['worktree', 'add', 'login']);
  for (const name of names) {
    expect(await worktree(world, 'login', name).git('branch', '--show-current')).toBe('login');
    expect(await worktree(world, 'login', name).git('status', '--porcelain')).toBe('');
    await expectSound(workspace.repo(name));
  }
  await succeed(world, ['worktree', 'remove', 'login', '--delete-branch', '--yes']);
  await succeed(world, ['undo', '--yes']);
  for (const name of names) {
    expect(await worktree(world, 'login', name).git('branch', '--show-current')).toBe('login');
  }
});

test('a removal that was cut short is finished by the same command', async ({ world }) => {
  const workspace = await createWorkspace(world, { api: 'clean', web: 'clean', docs: 'clean' });
  await succeed(world, ['worktree', 'add', 'login']);
  const faults = await gitFaults(world);
  await faults.arm({ match: 'branch --delete *', kill: 'caller', when: 'before' });
  const remove = ['worktree', 'remove', 'login', '--delete-branch', '--yes'];
  expect((await world.gantry(remove)).signal).toBe('SIGKILL');
  await faults.disarm();
  await succeed(world, remove);
  for (const name of workspace.names) {
    expect(existsSync(worktree(world, 'login', name).dir)).toBe(false);
    expect(await workspace.repo(name).git('branch', '--list', 'login')).toBe('');
    expect(await workspace.repo(name).git('worktree', 'prune', '--dry-run', '--verbose')).toBe('');
  }
});
