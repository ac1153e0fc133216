import { basename } from 'node:path';
import type { Event } from '#engines/job/runs.ts';
import { eventOf } from '../event.ts';
import { namesOf } from './files.ts';
import { NO_COMMIT } from './refs.ts';
import type { Seen, Sighted } from './sight.ts';

/** What has happened between two looks: all files are one event, and each ref is one. */
export function eventsBetween({ name, occasion }: Sighted, before: Seen, after: Seen): Event[] {
  const changed = changedIn(before, after);
  if (changed.length === 0) return [];
  if (occasion.on === 'file') {
    // A path with a line break in it would pass for two.
    const paths = changed.filter((path) => !path.includes('\n'));
    const said = `${namesOf(changed)} changed`;
    const variables = { path: paths[0] ?? '', paths: paths.join('\n'), count: String(changed.length) };
    return [eventOf({ name, on: 'file', said, variables })];
  }
  return changed.map((ref) => {
    const [old, now] = [before[ref] ?? NO_COMMIT, after[ref] ?? NO_COMMIT];
    const said = `${ref} of ${basename(occasion.repo)}: ${short(old)} to ${short(now)}`;
    return eventOf({ name, on: 'git', said, variables: { repo: occasion.repo, ref, old, new: now } });
  });
}

/** Names whose content is new, gone or another one. */
function changedIn(before: Seen, after: Seen): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).toSorted();
}

function short(oid: string): string {
  return oid.slice(0, 10);
}
