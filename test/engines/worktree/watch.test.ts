import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import { openHost } from '#app/invoke/host.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import type { RowDelta } from '#engines/core/rows.ts';
import type { Worktree } from '#engines/worktree/types.ts';
import { repoAt } from '../../rig/git.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { until } from '../../rig/until.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { createStage } from '../workspace/stage.ts';

/** The rows as the deltas make them, and how many deltas there were. */
const follow = (world: World) => {
  const host = openHost({ env: world.env, paths: pathsFrom(world.env), now: Date.now });
  const ended = new AbortController();
  const seen = { rows: new Map<string, Worktree>(), complete: false, deltas: 0 };
  const following = (async () => {
    const events = host.follow(
      'worktree.watch',
      {},
      {
        actor: { kind: 'script', name: 'ada', surface: 'shell', host: 'test', pid: process.pid },
        cwd: world.path('work'),
        workspace: world.path('work'),
        signal: ended.signal,
        report: () => {},
        ask: async () => ({ kind: 'needs-input' }),
      },
    ) as AsyncIterable<RowDelta<Worktree>>;
    for await (const { set, drop, complete } of events) {
      for (const row of set) seen.rows.set(row.id, row);
      for (const key of drop) seen.rows.delete(key);
      seen.complete = complete;
      seen.deltas += 1;
    }
  })();
  world.defer(async () => {
    ended.abort();
    await following;
    await host.close();
  });
  return seen;
};

test('worktrees come, change, are locked and leased, and go, each told as it happens', async ({ world }) => {
  await createWorkspace(world, { api: 'clean', web: 'clean' });
  const stage = createStage(world);
  await stage.receipt('worktree.add', { name: 'login', repos: ['api'] });
  const seen = follow(world);
  const rowOf = (set: string, repo: string) => seen.rows.get(world.path('work', '.worktrees', set, repo));
  await until(() => seen.complete, { what: 'every worktree to be read' });
  expect([...seen.rows.values()]).toMatchObject([
    { set: 'login', repo: 'api', branch: 'login', untracked: 0 },
  ]);

  await repoAt(world, world.path('work', '.worktrees', 'login', 'api')).write('notes.txt');
  await until(() => rowOf('login', 'api')?.untracked === 1, { what: 'the new file to be told of' });

  await stage.receipt('worktree.add', { name: 'other' });
  await until(() => rowOf('other', 'web')?.branch === 'other', { what: 'the new set to be told of' });

  await stage.receipt('worktree.lock', { name: 'login', reason: 'mine' });
  await until(() => rowOf('login', 'api')?.locked === 'mine', { what: 'the lock to be told of' });

  await stage.receipt('lease.take', { name: 'other', repo: 'web' });
  await until(() => rowOf('other', 'web')?.lease !== null, { what: 'the lease to be told of' });

  await stage.receipt('lease.take', { name: 'other', repo: 'web', for: 1 });
  await until(
    () => rowOf('other', 'web')?.leaseEnded?.startsWith('ada') && rowOf('other', 'web')?.lease === null,
    {
      what: 'the end of the lease to be told of, though nobody writes',
    },
  );

  await stage.receipt('worktree.remove', { name: 'other' }, { approval: { yes: true } });
  await until(() => rowOf('other', 'web') === undefined, { what: 'the removed set to be told of' });

  await rm(world.path('work', '.worktrees', 'login'), { recursive: true });
  await until(() => rowOf('login', 'api')?.state === 'missing', {
    what: 'the missing directory to be told of',
  });
});
