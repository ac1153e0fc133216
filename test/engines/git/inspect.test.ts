import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { readLastCommit, readStatus } from '../../../src/engines/git/inspect.ts';
import type { RepoStatus } from '../../../src/engines/git/types.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { createSite, STATES, type State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';

const EXPECTED: Record<State, Partial<RepoStatus>> = {
  clean: { branch: 'main', upstream: 'origin/main', ahead: 0, behind: 0 },
  dirty: { changed: 1, staged: 0 },
  staged: { changed: 0, staged: 1 },
  untracked: { untracked: 1 },
  ahead: { ahead: 1, behind: 0 },
  behind: { ahead: 0, behind: 1 },
  unfetched: { ahead: 0, behind: 0 },
  diverged: { ahead: 1, behind: 1 },
  conflicted: { conflicted: 1, operation: 'merge' },
  rebasing: { conflicted: 1, operation: 'rebase', branch: null },
  detached: { branch: null, upstream: null },
  stash: { stashes: 1 },
  submodule: { submodules: { total: 1, moved: 0, dirty: 0, missing: 0 } },
  worktree: { branch: 'main', changed: 0 },
  flow: { branch: 'feature/login', upstream: null },
  gone: { branch: 'topic', upstream: 'origin/topic', upstreamGone: true },
  local: { branch: 'local', upstream: null },
  unborn: { branch: 'unborn', head: null },
};

const siteIn = async (world: World, state: State) => {
  await world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);
  return createSite(world, {
    dir: world.path('work', 'api'),
    remote: world.path('remotes', 'api.git'),
    state,
  });
};

describe('the status of a repository', () => {
  for (const state of Object.keys(STATES) as State[]) {
    test(`that is ${state}`, async ({ world }) => {
      const { repo } = await siteIn(world, state);
      const status = await readStatus(testContext(world), { name: 'api', path: repo.dir });
      expect(status).toMatchObject({
        name: 'api',
        state: 'ok',
        partial: null,
        problem: null,
        ...EXPECTED[state],
      });
    });
  }

  test('of a linked worktree and of a submodule is their own', async ({ world }) => {
    const { repo } = await siteIn(world, 'submodule');
    await repo.git('worktree', 'add', '--quiet', '-b', 'topic', world.path('work', 'api-topic'));
    writeFileSync(repo.path('library', 'README.md'), 'changed');
    const context = testContext(world);
    const read = (path: string) => readStatus(context, { name: 'x', path });
    expect(await read(world.path('work', 'api-topic'))).toMatchObject({ branch: 'topic', changed: 0 });
    expect(await read(repo.path('library'))).toMatchObject({ changed: 1 });
    expect(await read(repo.dir)).toMatchObject({
      changed: 1,
      submodules: { total: 1, moved: 0, dirty: 1, missing: 0 },
    });
  });

  test('that is not there, is no repository, or is broken says so', async ({ world }) => {
    const context = testContext(world);
    await mkdir(world.path('work', 'plain'));
    const broken = await createRepo(world, world.path('work', 'broken'));
    writeFileSync(broken.path('.git', 'HEAD'), 'nonsense');
    const read = (name: string) => readStatus(context, { name, path: world.path('work', name) });
    expect(await read('nowhere')).toMatchObject({ state: 'missing', problem: null, changed: null });
    expect(await read('plain')).toMatchObject({ state: 'no-repo', problem: null });
    expect(await read('broken')).toMatchObject({ state: 'failed', problem: expect.stringContaining('git') });
    expect(await read('broken')).toMatchObject({ ahead: null, untracked: null, upstreamGone: null });
  });

  test('that takes too long is partial and says why, and nothing of it runs on', async ({ world }) => {
    const { repo } = await siteIn(world, 'dirty');
    await repo.write('new.txt');
    writeFileSync(world.path('monitor'), '#!/bin/sh\ncase $PPID in *) sleep 60;; esac\n', { mode: 0o755 });
    await repo.git('config', 'core.fsmonitor', world.path('monitor'));
    const context = testContext(world);
    const place = { name: 'api', path: repo.dir };
    const slow = await readStatus(context, place, { budget: 100, trusted: true });
    expect(slow).toMatchObject({
      state: 'ok',
      branch: 'main',
      partial: 'over its budget of 100 ms: files were not looked at',
      ahead: null,
      behind: null,
      changed: null,
      untracked: null,
      stashes: null,
      submodules: { total: null, moved: null, dirty: null, missing: null },
    });
    await until(async () => !world.processes().some(({ argv }) => argv.includes('sleep')), {
      what: 'the monitor to be gone',
    });
    expect(await readStatus(context, place)).toMatchObject({ partial: null, changed: 1, untracked: 1 });
  });

  test('of which only untracked files take too long has all other figures', async ({ world }) => {
    const { repo } = await siteIn(world, 'dirty');
    await mkdir(world.path('bin'));
    const slow = `#!/bin/sh\ncase " $* " in *" -uno "*) PATH=\${PATH#*:} exec git "$@" ;; esac\nexec sleep 60\n`;
    writeFileSync(world.path('bin', 'git'), slow, { mode: 0o755 });
    const env = { ...world.env, PATH: `${world.path('bin')}:${world.env.PATH}` };
    const status = await readStatus(testContext(world, { env }), { name: 'api', path: repo.dir });
    expect(status).toMatchObject({
      partial: 'over its budget of 1000 ms: untracked files and submodules were not looked at',
      branch: 'main',
      ahead: 0,
      changed: 1,
      untracked: null,
      submodules: { total: 0, moved: null, dirty: null, missing: 0 },
    });
  });

  test('does not look for a repository above the path', async ({ world }) => {
    const outer = await createRepo(world, world.path('work'));
    await outer.commit('Outer', { 'inner/file': 'x' });
    const status = await readStatus(testContext(world), { name: 'inner', path: outer.path('inner') });
    expect(status.state).toBe('no-repo');
  });

  test('leaves the newest commit to whoever asks for it', async ({ world }) => {
    const repo = await createRepo(world, world.path('work', 'api'));
    const context = testContext(world);
    expect(await readLastCommit(context, repo.dir)).toBeNull();
    const oid = await repo.commit('Subject with \x1f and \x1b[31m\n\nBody');
    expect(await readLastCommit(context, repo.dir)).toMatchObject({
      oid,
      subject: 'Subject with \x1f and \x1b[31m',
      author: 'Ada Example',
    });
  });
});
