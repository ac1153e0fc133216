import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { repoAt } from '../../rig/git.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';
import { openScreen, rowOf } from './open.ts';

/** Marks have no order. */
const isApiAndWeb = (names: unknown) => String([...(names as string[])].toSorted()) === 'api,web';

describe('the screen of a workspace', () => {
  test('shows its repos, each with what it is about', async ({ world }) => {
    await createWorkspace(world, {
      api: 'dirty',
      web: 'behind',
      docs: 'clean',
      site: 'diverged',
      app: 'conflicted',
    });
    const opened = await openScreen(world);
    expect(opened.alternate).toBe(true);
    expect(rowOf(opened, 'api')).toMatch(/main +~1/);
    expect(rowOf(opened, 'web')).toMatch(/main +↓1/);
    expect(rowOf(opened, 'site')).toMatch(/main +↑1 ↓1/);
    expect(rowOf(opened, 'app')).toMatch(/merge/i);
    expect(rowOf(opened, 'docs')).toMatch(/main/);
    expect(opened.text()).toContain('Nothing has been done here yet');
  });

  test('filters as one types, and esc brings all back', async ({ world }) => {
    await createWorkspace(world, { api: 'clean', web: 'clean', docs: 'clean' });
    const opened = await openScreen(world);
    opened.press('/');
    opened.type('we');
    await opened.idle();
    expect(rowOf(opened, 'web')).not.toBe('');
    expect(rowOf(opened, 'api')).toBe('');
    opened.press('enter');
    await opened.idle();
    expect(rowOf(opened, 'api')).toBe('');
    opened.press('esc');
    await opened.idle();
    expect(rowOf(opened, 'api')).not.toBe('');
  });

  test('fetches all that is marked, in one activity', async ({ world }) => {
    await createWorkspace(world, { api: 'unfetched', docs: 'clean', web: 'unfetched' });
    const opened = await openScreen(world);
    opened.press('space', 'G', 'space', 'f');
    await opened.waitFor(/repo\.fetch .*api, web .*2 done/);
    await opened.waitFor((shown) => /↓1/.test(rowOf(shown, 'api')) && /↓1/.test(rowOf(shown, 'web')));
    const { data } = (await world.gantry(['activity', 'list', '--json'])).json<{
      activities: { action: string; actor: object; input: object }[];
    }>();
    expect(data.activities).toEqual([
      expect.objectContaining({
        action: 'repo.fetch',
        actor: expect.objectContaining({ kind: 'human', surface: 'screen' }),
        input: expect.objectContaining({ repos: expect.toSatisfy(isApiAndWeb) }),
      }),
    ]);
  });

  test('shows the plan of a reset, does it after a yes, and takes it back', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'clean' });
    const before = await pictureOf(workspace.repo('api'));
    const opened = await openScreen(world);
    opened.press('R');
    await opened.waitFor(/git reset --hard [0-9a-f]{7}/);
    await opened.idle();
    expect(opened.text()).toMatch(/snapshot/);
    expect(await pictureOf(workspace.repo('api'))).toEqual(before);

    opened.press('y');
    await opened.waitFor(/repo\.reset .*2 done/);
    await opened.waitFor((shown) => !rowOf(shown, 'api').includes('~1'));
    expect(await workspace.repo('api').git('status', '--porcelain')).toBe('');

    opened.press('z');
    await opened.waitFor(/undo .*1 done/);
    await opened.waitFor((shown) => rowOf(shown, 'api').includes('~1'));
    expect(await pictureOf(workspace.repo('api'))).toEqual(before);
  });

  test('leaves everything after a no', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty' });
    const before = await pictureOf(workspace.repo('api'));
    const opened = await openScreen(world);
    opened.press('R');
    await opened.waitFor(/git reset --hard/);
    await opened.idle();
    opened.press('n');
    await opened.idle();
    expect(opened.text()).not.toContain('git reset --hard');
    expect(opened.text()).toContain('Nothing has been done here yet');
    expect(await pictureOf(workspace.repo('api'))).toEqual(before);
  });

  test('opens a repo with its changed files, and goes back', async ({ world }) => {
    await createWorkspace(world, { api: 'dirty' });
    const opened = await openScreen(world);
    opened.press('enter');
    await opened.waitFor('README.md');
    opened.press('esc');
    await opened.waitFor('0 Activity');
  });

  test('opens a worktree with its changed files and their patch, not those of the repo', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, { api: 'dirty' });
    await succeed(world, ['worktree', 'add', 'login']);
    const worktree = repoAt(world, workspace.path('.worktrees', 'login', 'api'));
    await worktree.write('src/part-0/file-0.txt', 'only on this branch\n');
    await worktree.write('notes.txt', 'new\n');
    const opened = await openScreen(world);
    opened.press('2', 'enter');
    await opened.waitFor(/Changed 1\s[\s\S]*M src\/part-0\/file-0\.txt/);
    expect(opened.text()).toMatch(/Untracked 1\s[\s\S]*\? notes\.txt/);
    expect(opened.text()).not.toContain('README.md');
    opened.press(']', ']');
    await opened.waitFor('+only on this branch');
  });

  test('runs what is typed into the palette, with arguments', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'behind' });
    const opened = await openScreen(world);
    opened.press(':');
    opened.type('repo pull web');
    await opened.idle();
    opened.press('enter');
    await opened.waitFor(/repo\.pull .*web /);
    await opened.waitFor((shown) => !rowOf(shown, 'web').includes('↓1'));
    expect(await workspace.repo('web').oid()).toBe(await workspace.remote('web').oid('main'));
  });

  test('completes names and branches in the palette, and shows what a query says', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'behind' }, { name: 'Harbour' });
    await workspace.repo('web').git('branch', 'high/tides', 'HEAD~1');
    const opened = await openScreen(world);
    await opened.waitFor(/gantry +Harbour/);
    opened.press(':');
    opened.type('repo log w');
    await opened.waitFor(new RegExp(`${workspace.remote('web').dir}`));
    opened.press('tab');
    opened.type('--from hig');
    await opened.waitFor(/--from hig[\s\S]+high\/tides/);
    opened.press('tab', 'enter');
    await opened.waitFor(/COMMIT +AUTHOR +SUBJECT/);
  });

  test('calls a sync that had to leave something refused, not failed', async ({ world }) => {
    await createWorkspace(world, { api: 'unfetched', site: 'diverged' });
    const opened = await openScreen(world);
    opened.press('s');
    await opened.waitFor(/workspace sync: .*1 refused/);
    opened.press('esc');
    await opened.waitFor(/! +workspace\.sync .*1 refused, /);
  });

  test('follows a stream until it is closed', async ({ world }) => {
    await createWorkspace(world, { api: 'clean' });
    const opened = await openScreen(world);
    opened.press(':');
    opened.type('activity follow');
    await opened.idle();
    opened.press('enter');
    await opened.waitFor(/activity follow, live/);
    await succeed(world, ['repo', 'fetch', 'api']);
    await opened.waitFor(/repo\.fetch done: 1 done/);
    opened.press('esc');
    await opened.waitFor((shown) => !shown.text().includes('activity follow, live'));
  });

  test('tells what went wrong, what it means and what to do next', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'clean' });
    await workspace.repo('api').git('remote', 'set-url', 'origin', '/nowhere');
    const opened = await openScreen(world);
    opened.press('f');
    await opened.waitFor(/does not appear to be a git repository/);
    await opened.waitFor(/remote -v/);
  });
});

describe('where there is no workspace', () => {
  test('the screen takes in the repositories below, when asked to', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'dirty', web: 'clean' });
    await world.run('rm', ['-r', workspace.path('.gantry')]);
    const opened = await openScreen(world);
    await opened.waitFor(/take in the 2 repositories below it/);
    opened.press('a');
    await opened.waitFor((shown) => /~1/.test(rowOf(shown, 'api')) && rowOf(shown, 'web') !== '');
    expect(await readFile(workspace.path('.gantry', 'workspace.toml'), 'utf8')).toContain('name = "api"');
  });

  test('the screen makes a demo, when asked to', async ({ world }) => {
    const opened = await openScreen(world);
    await opened.waitFor(/there are none/);
    opened.press('m');
    await opened.waitFor((shown) => rowOf(shown, 'gateway') !== '' && /↓3/.test(rowOf(shown, 'billing')));
  });
});
