import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { commitOnly, createFlowWorkspace } from '../../engines/flow/field.ts';
import { type Repo, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import type { Workspace } from '../../rig/workspace.ts';
import { pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';
import { openScreen } from './open.ts';

const WIDE = { cols: 160, rows: 44 };

/** Features with a worktree in each repo and work in them; in api develop has changed the same line since. */
const createDivided = async (world: World) => {
  const workspace = await createFlowWorkspace(world, 'api', 'docs', 'web');
  await succeed(world, ['feat', 'login']);
  const worktreeOf = (name: string): Repo => repoAt(world, workspace.path('.worktrees', 'login', name));
  for (const name of ['api', 'web'])
    await commitOnly(worktreeOf(name), 'Begin login', { 'plan.txt': 'login\n' });
  await commitOnly(workspace.repo('api'), 'Plan anew', { 'plan.txt': 'another plan\n' });
  return { workspace, worktreeOf };
};

const picturesOf = (workspace: Workspace, ...more: Repo[]) =>
  Promise.all([...workspace.names.map((name) => workspace.repo(name)), ...more].map(pictureOf));

describe('flow branches on the screen', () => {
  test('are started in every repo, once kind and name are told', async ({ world }) => {
    const workspace = await createFlowWorkspace(world, 'api', 'web');
    const opened = await openScreen(world, WIDE);
    opened.press('3', 'n', 'enter');
    await opened.waitFor('flow feature start');
    opened.type('login');
    opened.press('enter');
    await opened.waitFor(/flow feature start: 2 done/);
    await opened.waitFor(/feature\/login +api[\s\S]*feature\/login +web/);
    for (const name of workspace.names) {
      expect(await workspace.repo(name).git('branch', '--show-current')).toBe('feature/login');
    }
  });

  test('show before they are finished which repo conflicts, finish where nothing does, and come back', async ({
    world,
  }) => {
    const { workspace, worktreeOf } = await createDivided(world);
    const pictures = () => picturesOf(workspace, ...workspace.names.map(worktreeOf));
    const before = await pictures();
    const opened = await openScreen(world, WIDE);
    await opened.waitFor(/1 needs you {2}3/);
    opened.press('3', 'V', 'F');
    await opened.waitFor(/api +! conflicts with develop in 1 file/);
    await opened.idle();
    expect(opened.text()).toMatch(/web +✓ merges into develop without a conflict/);
    expect(opened.text()).toMatch(/docs +✓ develop has all of it already/);
    expect(opened.text()).toMatch(/merge feature\/login into develop/);
    expect(await pictures()).toEqual(before);

    opened.press('y');
    await opened.waitFor(/done: 1 refused, 2 done/);
    await opened.idle();
    expect(await workspace.repo('web').git('log', '-1', '--format=%s')).toBe(
      "Merge branch 'feature/login' into develop",
    );
    expect(existsSync(worktreeOf('web').dir)).toBe(false);
    expect(
      await workspace.repo('api').git('branch', '--list', '--format=%(refname:short)', 'feature/*'),
    ).toBe('feature/login');

    opened.press('esc');
    await opened.idle();
    opened.press('z');
    await opened.waitFor(/undo done: 2 done/);
    expect(await pictures()).toEqual(before);
  });

  test('are deleted only after a yes', async ({ world }) => {
    const workspace = await createFlowWorkspace(world, 'api');
    const repo = workspace.repo('api');
    await repo.branch('feature/trial', 'develop');
    const opened = await openScreen(world, WIDE);
    opened.press('3', 'd');
    await opened.waitFor('develop has all of it, not published');
    await opened.idle();
    opened.press('d', 'n');
    await opened.idle();
    expect(await repo.git('branch', '--list', 'feature/*')).not.toBe('');
    opened.press('d');
    await opened.waitFor('develop has all of it, not published');
    await opened.idle();
    opened.press('y');
    await opened.waitFor(/flow feature delete: 1 done/);
    expect(await repo.git('branch', '--list', 'feature/*')).toBe('');
  });
});

describe('worktrees on the screen', () => {
  test('are made, jumped to, and removed as a set', async ({ world }) => {
    const workspace = await createFlowWorkspace(world, 'api', 'web');
    const opened = await openScreen(world, WIDE);
    opened.press('2', 'n');
    await opened.waitFor('worktree add');
    opened.type('login');
    opened.press('enter');
    await opened.waitFor(/worktree add: 2 done/);
    // Both rows, of which the pane of flow branches has some that look alike.
    await opened.waitFor(/2 Worktrees [━─]+ 2 [━─]/);
    expect(existsSync(workspace.path('.worktrees', 'login', 'web', 'README.md'))).toBe(true);

    opened.press('1', 'G', 'w');
    await opened.waitFor('2 Worktrees of web');
    opened.press('esc');
    await opened.waitFor(/2 Worktrees [━─]+ 2 [━─]/);
    opened.press('2', 'V', 'd');
    await opened.waitFor('login/web  has no changes');
    await opened.idle();
    opened.press('y');
    await opened.waitFor(/worktree remove: 2 done/);
    await opened.waitFor('Nothing is worked on beside the repos');
    expect(existsSync(workspace.path('.worktrees', 'login'))).toBe(false);
  });

  test('with changes are not removed, and say so before', async ({ world }) => {
    const workspace = await createFlowWorkspace(world, 'api');
    await succeed(world, ['feat', 'login']);
    const worktree = repoAt(world, workspace.path('.worktrees', 'login', 'api'));
    await worktree.write('README.md', 'changed\n');
    const opened = await openScreen(world, WIDE);
    await opened.waitFor(/● +login +api/);
    opened.press('2', 'd');
    await opened.waitFor('worktree remove: nothing can be done');
    await opened.idle();
    expect(opened.text()).toMatch(/login\/api +has changes: ~1/);
    opened.press('y', 'n');
    await opened.idle();
    expect(await worktree.git('status', '--porcelain')).toContain('README.md');
  });
});
