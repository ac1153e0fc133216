import type { Activity } from '#engines/activity/types.ts';
import { age } from './age.ts';
import { type Line, span } from './line.ts';
import type { Look } from './look.ts';
import { note } from './note.ts';
import { plain } from './plain.ts';

/** What runs on a thing, and what has run lately. */
export function activityLines(activities: readonly Activity[], look: Look): Line[] {
  if (activities.length === 0) return note('Nothing runs here, and nothing has run lately.');
  return activities.map(({ status, action, who, startedAt, summary }) => [
    span(
      look.sign(status === 'running' ? 'running' : status === 'done' ? 'clean' : 'failed'),
      status === 'running' ? 'name' : 'quiet',
    ),
    span(` ${action}`, status === 'running' ? 'strong' : 'text'),
    span(`  ${plain(who)}, ${age(look.now - startedAt)}`, 'quiet'),
    span(summary ? `  ${plain(summary)}` : '', 'quiet'),
  ]);
}
