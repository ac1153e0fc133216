import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import { alsoEvery } from './ticks.ts';

/** Milliseconds between looks at what processes use. */
const LOOK_EVERY = 2_000;

/** Yields at the beginning, whenever anything of a process may have changed, and now and then for what they use. */
export function processMoments({ use, signal }: Pick<Context, 'use' | 'signal'>): AsyncIterable<void> {
  return alsoEvery(changesOf(use(store), signal), { interval: LOOK_EVERY, signal });
}
