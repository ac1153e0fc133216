import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { RowDelta } from '#engines/core/rows.ts';
import { planPush } from '#engines/repo/push.ts';
import { planReset } from '#engines/repo/reset.ts';
import { readStatuses } from '#engines/repo/status.ts';
import type { RepoStatus } from '#engines/repo/types.ts';
import { watchRepos } from '#engines/repo/watch.ts';
import { testContext } from '../../rig/context.ts';
import type { World } from '../../rig/home.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';

/** A git whose status never comes, whatever it started meanwhile. */
const withHangingGit = (world: World, budget: string) => {
  mkdirSync(world.path('bin'));
  const slow = '#!/bin/sh\ncase " $* " in *" status "*) sleep 60 ;; esac\nexit 1\n';
  writeFileSync(world.path('bin', 'git'), slow, { mode: 0o755 });
  return { ...world.env, PATH: `${world.path('bin')}:${world.env.PATH}`, GANTRY_REPO_BUDGET: budget };
};

test('repo.budget is how long the status of a repo may take, asked for once and watched', async ({
  world,
}) => {
  const { dir } = await createWorkspace(world, { api: 'dirty' });
  const stop = new AbortController();
  const context = testContext(world, {
    workspace: dir,
    env: withHangingGit(world, '120'),
    signal: stop.signal,
  });

  const { repos } = await readStatuses({ repos: [], commits: false }, context);
  expect(repos[0]?.partial).toContain('over its budget of 120 ms');

  const rows = watchRepos({ repos: [] }, context);
  const { value } = (await rows.next()) as { value: RowDelta<RepoStatus> };
  expect(value.set[0]?.partial).toContain('over its budget of 120 ms');
  stop.abort();
});

test.for([
  ['reset', planReset],
  ['push', planPush],
] as const)('a %s of a repo that hangs is refused with one clear error', async ([, plan], { world }) => {
  const { dir } = await createWorkspace(world, { api: 'ahead' });
  const context = testContext(world, { workspace: dir, env: withHangingGit(world, '50') });

  const draft = await plan({ repos: ['api'], all: false }, context);
  expect(draft).toMatchObject({
    steps: [],
    refused: [
      {
        target: { name: 'api' },
        failure: {
          code: 'git-over-budget',
          message: 'api: git gave no answer within 1.5 s.',
          next: [`git -C ${dir}/api status`],
        },
      },
    ],
  });
});
