import { describe, expect } from 'vitest';
import { repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { HOSTILE_NAMES } from '../../rig/names.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { pictureOf } from '../evidence.ts';
import { succeed } from '../succeed.ts';
import { expectOneError } from '../told.ts';

const withLibrary = async (world: World) => {
  await world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);
  const workspace = await createWorkspace(world, { api: 'submodule', web: 'clean' });
  const api = workspace.repo('api');
  return {
    api,
    library: repoAt(world, api.path('library')),
    recorded: await api.git('rev-parse', 'HEAD:library'),
  };
};

describe('submodules in the shell', () => {
  test('are listed by repo and path, and one whose HEAD is detached says so', async ({ world }) => {
    const { api, library, recorded } = await withLibrary(world);
    await library.git('checkout', '--quiet', '--detach');
    const { stdout } = await succeed(world, ['submodule', 'status']);
    expect(stdout).toMatch(/^REPO +SUBMODULE +STATE/);
    expect(stdout).toContain(`detached at ${recorded.slice(0, 10)}, as recorded`);
    await api.git('submodule', '--quiet', 'deinit', 'library');
    const { json } = await succeed(world, ['submodule', 'list', '--json']);
    expect(json().data).toMatchObject({
      submodules: [{ id: 'api library', path: 'library', state: 'missing', head: null, recorded }],
    });
  });

  test('are updated, switched and reset, and undo goes all the way back', async ({ world }) => {
    const { api, library, recorded } = await withLibrary(world);
    await api.git('submodule', '--quiet', 'deinit', 'library');
    const missing = await pictureOf(api);
    await succeed(world, ['submodule', 'update', 'library']);
    expect(await library.oid()).toBe(recorded);
    const updated = await pictureOf(library);
    await succeed(world, ['submodule', 'branch', 'library', 'main', '--repos', 'api']);
    expect(await library.git('branch', '--show-current')).toBe('main');
    await library.commit('Mine', { 'mine.txt': 'mine\n' });
    await library.write('README.md', 'edited\n');
    await library.write('notes.txt', 'untracked\n');
    const worked = await pictureOf(library);
    const waiting = await world.gantry(['submodule', 'reset', 'library']);
    expect(waiting.code).toBe(9);
    expect(await pictureOf(library)).toEqual(worked);
    await succeed(world, ['submodule', 'reset', 'library', '--yes']);
    expect(await library.git('branch', '--show-current')).toBe('');
    expect(await library.git('status', '--porcelain')).toBe('?? notes.txt');
    await succeed(world, ['undo']);
    expect(await pictureOf(library)).toEqual(worked);
    await library.git('reset', '--quiet', '--hard', recorded);
    await library.remove('notes.txt');
    await succeed(world, ['undo', '2']);
    expect((await pictureOf(library)).head).toBe(updated.head);
    await succeed(world, ['undo', '1', '--yes']);
    expect(await pictureOf(api)).toEqual(missing);
  });

  test('show their branches when none is asked for', async ({ world }) => {
    const { library } = await withLibrary(world);
    await library.git('checkout', '--quiet', '--detach');
    const { stdout } = await succeed(world, ['submodule', 'branch', 'library']);
    expect(stdout).toMatch(/HEAD is detached at/);
    expect(stdout).toMatch(/origin\/main/);
  });

  test('that are not there, or not named, are said so in one error', async ({ world }) => {
    await withLibrary(world);
    for (const args of [
      ['submodule', 'update'],
      ['submodule', 'reset', '--yes'],
      ['submodule', 'update', 'libary'],
      ['submodule', 'branch', 'reference/candle'],
    ]) {
      const finished = await world.gantry(args);
      expect({ args, code: finished.code }).toEqual({ args, code: 2 });
      expectOneError(finished);
    }
    const { stderr } = await world.gantry(['submodule', 'update', 'libary']);
    expect(stderr).toContain('Did you mean library?');
  });

  test('are shown by signs where their names would move the terminal', async ({ world }) => {
    const { api } = await withLibrary(world);
    await api.git('mv', 'library', HOSTILE_NAMES.escape);
    await api.commit('Move the library');
    for (const args of [['list'], ['status'], ['update', '--all'], ['branch', 'library']]) {
      const { stdout, stderr } = await world.gantry(['submodule', ...args]);
      expect(`${stdout}${stderr}`).toContain('\u241b[31mred\u241b[0m');
      expect(`${stdout}${stderr}`).not.toContain('\u001b');
    }
  });

  test('with edits are left alone by an update, and the next command is said', async ({ world }) => {
    const { library } = await withLibrary(world);
    await library.git('checkout', '--quiet', 'HEAD~1');
    await library.write('README.md', 'edited\n');
    const before = await pictureOf(library);
    const finished = await world.gantry(['submodule', 'update', '--all', '--json']);
    expect(finished.code).toBe(3);
    expect(finished.json().error).toMatchObject({
      code: 'submodule-dirty',
      next: expect.arrayContaining(['gantry submodule reset library --repos api']),
    });
    expect(await pictureOf(library)).toEqual(before);
  });
});
