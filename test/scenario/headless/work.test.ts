import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { expectSound, pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';
import { expectOneError } from '../told.ts';

describe('work in many repos', () => {
  test('is begun on a branch, put aside, brought back, committed and tagged, and all of it is taken back', async ({
    world,
  }) => {
    const workspace = await createWorkspace(world, { api: 'clean', web: 'clean', docs: 'clean' });
    const pictures = () => Promise.all(workspace.names.map((name) => pictureOf(workspace.repo(name))));
    const seen = [await pictures()];
    const step = async (...args: string[]) => {
      await succeed(world, args);
      seen.push(await pictures());
    };
    await step('repo', 'checkout', 'topic', '-b', '--repos', 'api', '--repos', 'web');
    for (const name of ['api', 'web']) {
      await workspace.repo(name).write('README.md', `changed in ${name}\n`);
      await workspace.repo(name).write('notes.txt', `untracked in ${name}\n`);
    }
    seen[1] = await pictures();
    await step('repo', 'stash', '--untracked', '-m', 'half done');
    await step('repo', 'stash', '--pop', '--repos', 'api', '--repos', 'web');
    await step('repo', 'commit', '--all', '--message', 'Change the greeting');
    await step('repo', 'tag', 'v1.2.0', '--message', 'Version 1.2.0', '--repos', 'api', '--repos', 'web');
    await step('repo', 'tag', 'v1.2.0', '--delete');

    for (const before of seen.slice(1, -1).toReversed()) {
      await succeed(world, ['undo']);
      expect(await pictures()).toEqual(before);
    }
    for (const name of ['api', 'web']) {
      await workspace.repo(name).git('checkout', '--quiet', 'README.md');
      await workspace.repo(name).remove('notes.txt');
    }
    await succeed(world, ['undo']);
    expect(await pictures()).toEqual(seen[0]);
    for (const name of workspace.names) await expectSound(workspace.repo(name));
  });

  test('is committed with one message, and every repo says what came of it', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'staged', web: 'dirty', docs: 'conflicted' });
    const finished = await world.gantry(['repo', 'commit', '-m', 'Say it once']);
    expect(finished.code).toBe(3);
    expect(finished.stdout).toMatch(/^api +done +[0-9a-f]{10} on main/m);
    expect(finished.stdout).toMatch(/^web +skipped +nothing is staged/m);
    expect(finished.stdout).toMatch(/^docs +refused +docs has conflicts in 1 file/m);
    expect(await workspace.repo('api').git('log', '-1', '--format=%s')).toBe('Say it once');
    await succeed(world, ['repo', 'commit', '-m', 'Say it once', '--repos', 'api', '--repos', 'web']);
    const empty = await world.gantry(['repo', 'commit', '-m', '']);
    expect(empty.code).toBe(2);
    expectOneError(empty);
  });

  test('a checkout that would lose something says what, and where', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'worktree', web: 'clean' });
    const web = workspace.repo('web');
    await web.git('checkout', '--quiet', '-b', 'topic');
    await web.commit('Topic', { 'README.md': 'topic\n' });
    await web.switchTo('main');
    await web.write('README.md', 'mine\n');
    const finished = await world.gantry(['repo', 'checkout', 'topic']);
    expect(finished.code).toBe(3);
    expect(finished.stdout).toContain(`topic of api is checked out in ${workspace.repo('api').dir}-topic`);
    expect(finished.stdout).toContain('web has local changes in README.md');
    await succeed(world, ['repo', 'stash', '--repos', 'web']);
    await succeed(world, ['repo', 'checkout', 'topic', '--repos', 'web']);
    expect(readFileSync(web.path('README.md'), 'utf8')).toBe('topic\n');
  });

  test('what does not fit any more stays in the stash', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'stash' });
    const repo = workspace.repo('api');
    await repo.commit('Others', { 'README.md': 'something else\n' });
    const before = await pictureOf(repo);
    const finished = await world.gantry(['repo', 'stash', '--pop']);
    expect(finished.code).toBe(3);
    expect(finished.stdout).toMatch(/does not fit/);
    expect(await pictureOf(repo)).toEqual(before);
    await expectSound(repo);
  });

  test('is not taken back once the world has moved on, and undo says what moved', async ({ world }) => {
    const workspace = await createWorkspace(world, { api: 'staged' });
    const repo = workspace.repo('api');
    await succeed(world, ['repo', 'commit', '-m', 'First']);
    await repo.commit('Second', { 'second.txt': 'second\n' });
    const before = await pictureOf(repo);
    const finished = await world.gantry(['undo', '1']);
    expect(finished.code).not.toBe(0);
    expect(`${finished.stdout}${finished.stderr}`).toMatch(/the commit of HEAD is/);
    expect(await pictureOf(repo)).toEqual(before);
  });
});
