import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { Target } from '#engines/core/plan.ts';
import * as facts from '#engines/git/facts.ts';
import * as operations from '#engines/git/operations.ts';
import { freeId } from '#engines/git/worktree/link.ts';
import { readPrunable } from '#engines/git/worktree/prunable.ts';
import { directoriesByRule, listIgnored, listMatching } from '#engines/git/worktree/untracked.ts';
import { testContext } from '../../rig/context.ts';
import { createRepo, type Repo, repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';

const open = async (world: World) => {
  const main = await createRepo(world, world.path('work', 'api'));
  await main.commit('Begin', { 'a.txt': 'a\n' });
  await main.branch('topic');
  const worktree = repoAt(world, world.path('work', 'sets', 'one', 'api'));
  const target: Target = { kind: 'repo', name: 'api', path: worktree.dir, repo: main.dir };
  const of = <A>(args: A, step = 'api/1') => ({ args, target, activity: '7', step });
  const top = world.path('work', 'sets');
  return { main, worktree, target, of, top, context: testContext(world) };
};

const trashOf = (world: World, step: string) =>
  `${world.env.XDG_STATE_HOME}/gantry/trash/7/${encodeURIComponent(step)}`;

describe('a removal that is cut short between its two moves', () => {
  const made = async (world: World) => {
    const opened = await open(world);
    await opened.main.git('worktree', 'add', '--quiet', '--', opened.worktree.dir, 'topic');
    await opened.worktree.write('a.txt', 'changed\n');
    return opened;
  };
  const moved = async (world: World, worktree: Repo) => {
    await mkdir(trashOf(world, 'api/1'), { recursive: true });
    await rename(worktree.dir, `${trashOf(world, 'api/1')}/worktree`);
  };

  test('goes on where it stopped, and comes back whole', async ({ world }) => {
    const { main, worktree, of, top, context } = await made(world);
    const remove = of({ id: 'api', top, branch: null });
    await moved(world, worktree);
    expect(await (await operations.gitWorktreeRemove.check())(remove, context)).toBeUndefined();
    await (await operations.gitWorktreeRemove.apply())(remove, context);
    expect(await (await operations.gitWorktreeRemove.check())(remove, context)).toMatchObject({
      result: { trash: trashOf(world, 'api/1') },
    });
    expect(existsSync(main.path('.git', 'worktrees'))).toBe(false);

    const restore = of({ ...remove.args, trash: trashOf(world, 'api/1') }, 'api/2');
    await (await operations.gitWorktreeRestore.apply())(restore, context);
    expect(await readFile(worktree.path('a.txt'), 'utf8')).toBe('changed\n');
    expect(await worktree.git('status', '--porcelain')).toBe(' M a.txt');
  });

  test('is taken back by restoring what was moved', async ({ world }) => {
    const { worktree, of, top, context } = await made(world);
    await moved(world, worktree);
    const restore = of({ id: 'api', top, branch: null, trash: trashOf(world, 'api/1') }, 'api/2');
    await (await operations.gitWorktreeRestore.apply())(restore, context);
    expect(await worktree.git('status', '--porcelain')).toBe(' M a.txt');
  });

  test('restoring goes on where it was cut short itself', async ({ world }) => {
    const { main, worktree, of, top, context } = await made(world);
    const remove = of({ id: 'api', top, branch: null });
    await (await operations.gitWorktreeRemove.apply())(remove, context);
    const trash = trashOf(world, 'api/1');
    const restore = of({ ...remove.args, trash }, 'api/2');
    await mkdir(main.path('.git', 'worktrees'));
    await rename(`${trash}/administration`, main.path('.git', 'worktrees', 'api'));
    expect(await (await operations.gitWorktreeRestore.check())(restore, context)).toBeUndefined();
    await (await operations.gitWorktreeRestore.apply())(restore, context);
    expect(await (await operations.gitWorktreeRestore.check())(restore, context)).toMatchObject({
      result: { id: 'api' },
    });
    expect(await worktree.git('status', '--porcelain')).toBe(' M a.txt');
  });

  test('restoring refuses where something else is at the place, and moves nothing', async ({ world }) => {
    const { worktree, of, top, context } = await made(world);
    const remove = of({ id: 'api', top, branch: null });
    await (await operations.gitWorktreeRemove.apply())(remove, context);
    await worktree.write('mine.txt', 'mine\n');
    const restore = of({ ...remove.args, trash: trashOf(world, 'api/1') }, 'api/2');
    await expect((await operations.gitWorktreeRestore.apply())(restore, context)).rejects.toMatchObject({
      failure: { code: 'directory-occupied' },
    });
    expect(existsSync(`${trashOf(world, 'api/1')}/administration`)).toBe(true);
  });
});

describe('facts about worktrees', () => {
  test('tell what a worktree is at in words, at any moment', async ({ world }) => {
    const { main, worktree, target, context } = await open(world);
    const answer = async () => (await facts.gitWorktree.read())({}, target, context);
    expect(await answer()).toBe('absent');
    await worktree.write('a.txt');
    expect(await answer()).toBe('no worktree');
    await worktree.remove('.');
    await main.git('worktree', 'add', '--quiet', '--', worktree.dir, 'topic');
    const oid = (await main.oid()).slice(0, 12);
    expect(await answer()).toBe(`topic at ${oid}, clean`);
    await worktree.write('a.txt', 'changed\n');
    await main.git('worktree', 'lock', '--', worktree.dir);
    expect(await answer()).toMatch(new RegExp(`^topic at ${oid}, changed \\(\\w{12}\\), locked$`));
  });

  test('tell where a branch is checked out', async ({ world }) => {
    const { main, target, context } = await open(world);
    const answer = async (branch: string) =>
      (await facts.gitWorktreeBranch.read())({ branch }, target, context);
    expect(await answer('topic')).toBe(await main.oid());
    expect(await answer('main')).toBe(`${await main.oid()} at ${main.dir}`);
    expect(await answer('nothing')).toBe('absent');
  });
});

describe('what is beside the tracked files', () => {
  test('is found by patterns, and nothing else is', async ({ world }) => {
    const { main, context } = await open(world);
    for (const path of ['.env', 'x/.env', 'x/y/z.local', 'öäü\n.local', ':(top)odd']) await main.write(path);
    await createRepo(world, main.path('inner'));
    const found = async (...patterns: string[]) =>
      (await listMatching(context, main.dir, patterns)).map((path) => Buffer.from(path, 'latin1').toString());
    expect(await found('.env')).toEqual(['.env']);
    expect(await found('**/.env')).toEqual(['.env', 'x/.env']);
    expect(await found('x')).toEqual(['x/.env', 'x/y/z.local']);
    expect(await found('*.local')).toEqual(['öäü\n.local']);
    expect(await found(':(top)odd', 'a.txt', 'inner', 'none')).toEqual([':(top)odd']);
    expect(await found()).toEqual([]);
  });

  test('is ignored by a rule of its own, or only by what is in it', async ({ world }) => {
    const { main, context } = await open(world);
    await main.write('.git/info/exclude', 'build/\n*.log\n');
    for (const path of ['build/out', 'logs/a.log', '.hidden/b.log']) await main.write(path);
    const ignored = await listIgnored(context, main.dir);
    expect(ignored).toEqual(expect.arrayContaining(['build/']));
    expect(await directoriesByRule(context, main.dir, ['build/', 'logs/', '.hidden/'])).toEqual(['build/']);
  });
});

test('git tells which worktrees it would forget, by any name', async ({ world }) => {
  const { main, worktree, context } = await open(world);
  await main.git('worktree', 'add', '--quiet', '--', worktree.dir, 'topic');
  await main.write('.git/worktrees/odd: name/HEAD', 'ref: refs/heads/x\n');
  await worktree.remove('.');
  const prunable = await readPrunable(context, main.dir);
  expect(prunable.map(({ id, worktree: path }) => [id, path])).toEqual([
    ['api', worktree.dir],
    ['odd: name', null],
  ]);
});

test('a name that is taken gets the first number that is not', async ({ world }) => {
  const all = world.path('worktrees');
  for (const id of ['api', 'api1', 'web2']) await mkdir(`${all}/${id}`, { recursive: true });
  expect([freeId(all, 'api'), freeId(all, 'web2'), freeId(all, 'new')]).toEqual(['api2', 'web1', 'new']);
});
