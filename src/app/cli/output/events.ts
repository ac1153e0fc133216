import { findAction } from '#app/registry/find.ts';
import type { ActivityEvent } from '#engines/activity/types.ts';
import { visible, visibleJson } from '#engines/core/visible.ts';
import { eventLine } from './data.ts';

/** One line per event of a stream. */
export async function eventPrinter(id: string): Promise<(event: unknown) => string> {
  if (id === 'activity.follow') return (event) => activityLine(event as ActivityEvent);
  const action = await findAction(id);
  if (action?.kind !== 'stream') return visibleJson;
  return (event) => eventLine(action.event, event, Date.now());
}

function activityLine({ event, activity, step }: ActivityEvent): string {
  const head = `${activity.id} ${activity.action}`;
  if (event === 'started') return `${head} started by ${visible(activity.who)}`;
  if (event === 'ended') return `${head} ${activity.status}: ${activity.summary}`;
  return visible(`${head} ${step?.target.name} ${step?.status} ${step?.summary ?? ''}`).trimEnd();
}
