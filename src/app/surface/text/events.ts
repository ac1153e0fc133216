import { ACTIONS } from '#app/registry/actions.ts';
import type { ActivityEvent } from '#engines/activity/types.ts';
import type { Column } from '#engines/core/card.ts';
import { isRecord } from '#engines/core/json.ts';
import { visible } from '#engines/core/visible.ts';
import { formatValue } from './values.ts';

/** One line per event of a stream. */
export function eventPrinter(id: string): (event: unknown) => string {
  if (id === 'activity.follow') return (event) => activityLine(event as ActivityEvent);
  const { columns = [] } = ACTIONS.find((card) => card.id === id) ?? {};
  return (event) => eventLine(columns, event, Date.now());
}

function activityLine({ event, activity, step }: ActivityEvent): string {
  const head = `${activity.id} ${activity.action}`;
  if (event === 'started') return `${head} started by ${visible(activity.who)}`;
  if (event === 'ended') return `${head} ${activity.status}: ${activity.summary}`;
  return visible(`${head} ${step?.target.name} ${step?.status} ${step?.summary ?? ''}`).trimEnd();
}

/** One event of a stream as one line: the values of its columns. */
function eventLine(columns: readonly Column[], event: unknown, now: number): string {
  if (columns.length === 0 || !isRecord(event)) return formatValue(event, undefined, now);
  return columns.map(({ key, unit }) => formatValue(event[key], unit, now)).join('  ');
}
