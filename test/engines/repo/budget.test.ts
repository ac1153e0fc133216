import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { RowDelta } from '#engines/core/rows.ts';
import { readStatuses } from '#engines/repo/status.ts';
import type { RepoStatus } from '#engines/repo/types.ts';
import { watchRepos } from '#engines/repo/watch.ts';
import { testContext } from '../../rig/context.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';

test('repo.budget is how long the status of a repo may take, asked for once and watched', async ({
  world,
}) => {
  const { dir } = await createWorkspace(world, { api: 'dirty' });
  mkdirSync(world.path('bin'));
  const slow = '#!/bin/sh\ncase " $* " in *" status "*) exec sleep 60 ;; esac\nexit 1\n';
  writeFileSync(world.path('bin', 'git'), slow, { mode: 0o755 });
  const stop = new AbortController();
  const context = testContext(world, {
    workspace: dir,
    env: { ...world.env, PATH: `${world.path('bin')}:${world.env.PATH}`, GANTRY_REPO_BUDGET: '120' },
    signal: stop.signal,
  });

  const { repos } = await readStatuses({ repos: [], commits: false }, context);
  expect(repos[0]?.partial).toContain('took longer than 120 ms');

  const rows = watchRepos({ repos: [] }, context);
  const { value } = (await rows.next()) as { value: RowDelta<RepoStatus> };
  expect(value.set[0]?.partial).toContain('took longer than 120 ms');
  stop.abort();
});
