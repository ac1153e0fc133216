import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findActivity } from '#engines/activity/read.ts';
import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import { activityIn, isRunId, rootOf, runsDirectory } from './place.ts';

/** Runs whose witness is kept, each with those of the artifacts that it ran: as many as the format's own server keeps. */
const KEPT = 50;

/** Removes the oldest witnesses of ours. That of a run that goes on stays, and what other programs left is theirs to remove. */
export function prune(context: Context): void {
  const runs = runsDirectory(context);
  const own = readdirSync(runs).filter((id) => isRunId(id) && activityIn(id) !== null);
  const byRoot = Map.groupBy(own, rootOf);
  const roots = [...byRoot.keys()].sort().reverse();
  for (const root of roots.slice(KEPT)) {
    if (goesOn(root, context)) continue;
    for (const id of byRoot.get(root) ?? []) rmSync(join(runs, id), { recursive: true, force: true });
  }
}

function goesOn(root: string, context: Context): boolean {
  const activity = activityIn(root);
  return activity !== null && findActivity(context.use(store), activity)?.status === 'running';
}
