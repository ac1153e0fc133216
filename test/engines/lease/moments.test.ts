import { expect } from 'vitest';
import { leaseMoments } from '#engines/lease/moments.ts';
import { applyTake } from '#engines/lease/write.ts';
import { testContext } from '../../rig/context.ts';
import { test } from '../../rig/test.ts';

test('a lease that ends while somebody looks, or just after a timer that fired early, is told of', async ({
  world,
}) => {
  let at = 1_000_000;
  const context = testContext(world, { now: () => at });
  await applyTake(
    {
      target: { kind: 'store', name: 'api' },
      activity: '1',
      step: 'api/1',
      args: {
        path: world.path('work', 'api'),
        workspace: world.path('work'),
        repo: 'api',
        set: null,
        note: null,
        seconds: 60,
        holder: null,
        before: null,
      },
    },
    context,
  );
  const ended = new AbortController();
  const moments = leaseMoments({ ...context, signal: ended.signal });
  at += 59_999;
  await moments.next();
  at += 1;
  expect((await moments.next()).done).toBe(false);
  ended.abort();
  expect((await moments.next()).done).toBe(true);
});
