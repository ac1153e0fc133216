import { findCard } from '#app/registry/find.ts';
import type { ActivityEvent } from '#engines/activity/types.ts';
import type { Column } from '#engines/core/card.ts';
import { isRecord } from '#engines/core/json.ts';
import { visible, visibleLines } from '#engines/core/visible.ts';
import type { InferEvent } from '#engines/worker/row.ts';
import { logPrinter } from './logs.ts';
import { formatValue } from './values.ts';

const LOGS: ReadonlySet<string> = new Set(['process.logs', 'service.logs', 'worker.logs']);

/** What each event of a stream adds to a text: a line, or the next piece of an answer. */
export function eventPrinter(id: string, input: unknown): (event: unknown) => string {
  if (id === 'worker.infer') return answerPiece as (event: unknown) => string;
  const line = linePrinter(id, input);
  return (event) => `${line(event)}\n`;
}

/** One line per event of a stream. */
function linePrinter(id: string, input: unknown): (event: unknown) => string {
  if (LOGS.has(id)) return logPrinter(input as object) as (event: unknown) => string;
  if (id === 'activity.follow') return (event) => activityLine(event as ActivityEvent);
  const { columns = [] } = findCard(id) ?? {};
  return (event) => eventLine(columns, event, Date.now());
}

function answerPiece({ event, token }: InferEvent): string {
  return event === 'end' ? '\n' : visibleLines(token);
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
