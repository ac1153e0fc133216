import { rm } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { RowDelta } from '../../../src/engines/core/rows.ts';
import type { RepoStatus } from '../../../src/engines/repo/types.ts';
import { watchRepos } from '../../../src/engines/repo/watch.ts';
import { testContext } from '../../rig/context.ts';
import { gitFaults } from '../../rig/faults.ts';
import { clone, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import type { State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace, writeManifest } from '../../rig/workspace.ts';

/** Rows as a screen has them: every delta applied to what was there. */
async function watching(world: World, states: Record<string, State>, names: string[] = []) {
  await world.run('git', ['config', '--global', 'protocol.file.allow', 'always']);
  const workspace = await createWorkspace(world, states);
  const controller = new AbortController();
  const context = testContext(world, { workspace: workspace.dir, signal: controller.signal });
  const deltas: RowDelta<RepoStatus>[] = [];
  const rows = new Map<string, RepoStatus>();
  const follow = async () => {
    for await (const delta of watchRepos({ repos: names }, context)) {
      deltas.push(delta);
      for (const row of delta.set) rows.set(row.name, row);
      for (const key of delta.drop) rows.delete(key);
    }
  };
  const followed = follow();
  const end = async () => {
    controller.abort();
    await followed;
  };
  world.defer(end);
  const row = (name: string) => ({
    toMatchObject: async (expected: object) => {
      await expect.poll(() => rows.get(name), { timeout: 20_000, interval: 20 }).toMatchObject(expected);
    },
  });
  await expect.poll(() => deltas.at(-1)?.complete, { timeout: 20_000 }).toBe(true);
  return { workspace, rows, row, deltas, end };
}

describe('a watched workspace', () => {
  test('gives a row for every repo, and then its newest commit', async ({ world }) => {
    const { rows, row } = await watching(world, { api: 'dirty', web: 'ahead', new: 'unborn' });
    expect([...rows.keys()].toSorted()).toEqual(['api', 'new', 'web']);
    await row('api').toMatchObject({ changed: 1, lastCommit: { author: 'Ada Example' } });
    await row('web').toMatchObject({ ahead: 1, lastCommit: { subject: 'Local work' } });
    expect(rows.get('new')).toMatchObject({ head: null, lastCommit: null });
  });

  test('shows what changes: files, index, commits, branches, stashes, operations', async ({ world }) => {
    const { workspace, row } = await watching(world, { api: 'clean' });
    const repo = workspace.repo('api');
    await repo.write('README.md', 'changed\n');
    await row('api').toMatchObject({ changed: 1 });
    await repo.write('src/part-0/new.txt');
    await row('api').toMatchObject({ changed: 1, untracked: 1 });
    await repo.git('add', '--all');
    await row('api').toMatchObject({ changed: 0, staged: 2 });
    await repo.git('stash', 'push', '--quiet');
    await row('api').toMatchObject({ staged: 0, stashes: 1 });
    const oid = await repo.commit('More', { 'deep/er/file.txt': 'x\n' });
    await row('api').toMatchObject({ head: oid, ahead: 1, lastCommit: { oid, subject: 'More' } });
    await repo.write('deep/er/file.txt', 'changed below a new directory\n');
    await row('api').toMatchObject({ changed: 1 });
    await repo.git('checkout', '--quiet', '-b', 'topic/deep');
    await row('api').toMatchObject({ branch: 'topic/deep', upstream: null });
    await repo.git('stash', 'pop', '--quiet');
    await row('api').toMatchObject({ stashes: 0 });
  });

  test('notices what happens right after the first look', async ({ world }) => {
    const { workspace, rows, row } = await watching(world, { api: 'clean', web: 'clean', docs: 'clean' });
    expect(rows.size).toBe(3);
    await Promise.all(workspace.names.map((name) => workspace.repo(name).write('README.md', 'changed\n')));
    for (const name of workspace.names) await row(name).toMatchObject({ changed: 1 });
  });

  test('sees into submodules', async ({ world }) => {
    const { workspace, row } = await watching(world, { api: 'submodule' });
    await repoAt(world, workspace.repo('api').path('library')).write('README.md', 'changed\n');
    await row('api').toMatchObject({ submodules: { dirty: 1 } });
  });

  test('follows the manifest: repos come and go', async ({ world }) => {
    const { workspace, rows, row } = await watching(world, { api: 'clean', web: 'clean' });
    const { dir } = workspace.remote('api');
    await writeManifest(workspace.dir, 'demo', [
      { name: 'api', url: dir, path: 'api' },
      { name: 'copy', url: dir, path: 'copy' },
    ]);
    await row('copy').toMatchObject({ state: 'missing' });
    expect(rows.has('web')).toBe(false);
    await clone(world, workspace.remote('api'), workspace.path('copy'));
    await row('copy').toMatchObject({ state: 'ok', branch: 'main' });
    await repoAt(world, workspace.path('copy')).write('README.md', 'changed\n');
    await row('copy').toMatchObject({ changed: 1 });
    await rm(workspace.path('copy'), { recursive: true });
    await row('copy').toMatchObject({ state: 'missing' });
  });

  test('keeps its rows while the manifest is broken', async ({ world }) => {
    const { workspace, rows, row } = await watching(world, { api: 'clean' });
    await repoAt(world, workspace.dir).write('.gantry/workspace.toml', 'not = [toml');
    await workspace.repo('api').write('README.md', 'changed\n');
    await row('api').toMatchObject({ changed: 1 });
    expect(rows.size).toBe(1);
  });

  test('never reads a repo twice at once, however much happens', async ({ world }) => {
    const faults = await gitFaults(world);
    const { workspace, row } = await watching(world, { api: 'clean' });
    await row('api').toMatchObject({ lastCommit: expect.anything() });
    const before = (await faults.calls()).length;
    const repo = workspace.repo('api');
    for (let round = 0; round < 200; round += 1) await repo.write(`new-${round}.txt`);
    await row('api').toMatchObject({ untracked: 200 });
    const since = (await faults.calls()).slice(before);
    expect(since.length).toBeLessThan(50);
    expect(await faults.concurrency()).toBe(1);
  });

  test('runs no git and says nothing while nothing happens', async ({ world }) => {
    const faults = await gitFaults(world);
    const { workspace, row, deltas } = await watching(world, { api: 'clean', web: 'dirty' });
    for (const name of workspace.names) {
      await row(name).toMatchObject({ lastCommit: expect.anything() });
      await workspace.repo(name).write('seen.txt');
      await row(name).toMatchObject({ untracked: 1 });
    }
    const before = (await faults.calls()).length;
    const said = deltas.length;
    // Locks and messages of other gits come and go without a change of status.
    for (const name of ['index.lock', 'COMMIT_EDITMSG']) await workspace.repo('web').write(`.git/${name}`);
    await workspace.repo('api').write('src/part-0/new.txt');
    await row('api').toMatchObject({ untracked: 2 });
    const asked = (await faults.calls()).slice(before).map(({ args }) => args[args.indexOf('-C') + 1]);
    expect(asked).not.toContain(workspace.repo('web').dir);
    expect(deltas.slice(said).flatMap(({ set }) => set.map(({ name }) => name))).toEqual(['api']);
  });

  test('ends when it is told', async ({ world }) => {
    const { end } = await watching(world, { api: 'clean' });
    await expect(end()).resolves.toBeUndefined();
  });

  test('can be narrowed to some repos', async ({ world }) => {
    const { rows } = await watching(world, { api: 'clean', web: 'clean' }, ['web']);
    expect([...rows.keys()]).toEqual(['web']);
  });
});
