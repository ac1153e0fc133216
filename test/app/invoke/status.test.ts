import { describe, expect } from 'vitest';
import { openHost } from '#app/invoke/host.ts';
import type { Activity } from '#engines/activity/types.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import type { World } from '../../rig/home.ts';
import type { State } from '../../rig/states.ts';
import { test } from '../../rig/test.ts';
import { createWorkspace } from '../../rig/workspace.ts';
import { recordingCaller } from './caller.ts';

/** Syncs a workspace: how its receipt calls what came of it, what went wrong first, what the activity list keeps. */
async function sync(world: World, states: Record<string, State>, lost: string[] = []) {
  const host = openHost({ env: world.env, paths: pathsFrom(world.env), now: Date.now });
  world.defer(() => host.close());
  const { dir, repo } = await createWorkspace(world, states);
  for (const name of lost) await repo(name).git('remote', 'set-url', 'origin', '/nowhere');
  const caller = recordingCaller({ workspace: dir });
  const outcome = await host.invoke({ action: 'workspace.sync', input: {} }, caller);
  const listed = await host.invoke({ action: 'activity.list', input: {} }, caller);
  if (outcome.kind !== 'receipt' || listed.kind !== 'data') throw new Error(JSON.stringify(outcome));
  const { activities } = listed.data as unknown as { activities: Activity[] };
  return { receipt: outcome.receipt.status, code: outcome.failure?.code, kept: activities[0]?.status };
}

describe('an activity', () => {
  test('of which everything was done is done', async ({ world }) => {
    expect(await sync(world, { api: 'behind', web: 'clean' })).toMatchObject({
      receipt: 'done',
      kept: 'done',
    });
  });

  test('that had to leave something as it was is refused, and its exit is that refusal’s', async ({
    world,
  }) => {
    expect(await sync(world, { api: 'behind', web: 'diverged' })).toEqual({
      receipt: 'refused',
      code: 'not-fast-forwarded',
      kept: 'refused',
    });
  });

  test('of which a step failed has failed, whatever else was refused', async ({ world }) => {
    expect(await sync(world, { api: 'clean', web: 'diverged' }, ['api'])).toMatchObject({
      receipt: 'failed',
      kept: 'failed',
    });
  });
});
