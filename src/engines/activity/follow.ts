import type { Context } from '#engines/core/context.ts';
import { type Store, store } from '#engines/store/store.ts';
import { changesOf } from './changes.ts';
import { planOf } from './journal.ts';
import { activitiesSince, listActivities, stepsOf } from './read.ts';
import type { Activity, ActivityEvent } from './types.ts';

interface FollowInput {
  /** How many of the newest ended activities come first. */
  tail: number;
  all: boolean;
}

/** Tells every start, step and end in order, of this workspace or of all, whoever acts. */
export async function* follow({ tail, all }: FollowInput, context: Context): AsyncGenerator<ActivityEvent> {
  const opened = context.use(store);
  const workspace = all ? undefined : context.workspace;
  const [newest] = listActivities(opened, { limit: 1 });
  let last = Number(newest?.id ?? 0);
  const open = new Map<string, Set<string>>();
  for (const activity of listActivities(opened, { workspace, limit: tail }).reverse()) {
    yield* news(opened, activity, open);
  }
  for await (const _ of changesOf(opened, context.signal)) {
    for (const activity of activitiesSince(opened, last, [...open.keys()])) {
      last = Math.max(last, Number(activity.id));
      if (workspace && activity.workspace !== workspace) continue;
      yield* news(opened, activity, open);
    }
  }
}

/** What has not been told yet of one activity; `open` keeps the steps told of those that have not ended. */
function* news(opened: Store, activity: Activity, open: Map<string, Set<string>>): Generator<ActivityEvent> {
  const known = open.get(activity.id);
  const told = known ?? new Set<string>();
  if (!known) {
    open.set(activity.id, told);
    yield { event: 'started', activity };
  }
  const plan = activity.plan === null ? null : (planOf(opened, activity.plan) ?? null);
  for (const step of stepsOf(opened, activity, plan)) {
    const mark = `${step.step} ${step.status}`;
    if (told.has(mark)) continue;
    told.add(mark);
    yield { event: 'step', activity, step };
  }
  if (activity.status === 'running') return;
  open.delete(activity.id);
  yield { event: 'ended', activity };
}
