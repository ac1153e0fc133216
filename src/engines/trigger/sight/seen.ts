import type { Store } from '#engines/store/store.ts';
import type { Seen } from './sight.ts';

/** What a trigger saw last, with the moment from which on that counts; apart from the record, which is read far more often. */
export function readSeen({ database }: Store, name: string, since: number): Seen | undefined {
  const row = database
    .prepare('SELECT seen FROM trigger_sights WHERE name = ? AND since = ?')
    .get(name, since);
  return row && (JSON.parse(String(row.seen)) as Seen);
}

export function writeSeen({ database }: Store, name: string, since: number, seen: Seen): void {
  database
    .prepare('INSERT OR REPLACE INTO trigger_sights (name, since, seen) VALUES (?, ?, ?)')
    .run(name, since, JSON.stringify(seen));
}

export function forgetSeen({ database }: Store, name: string): void {
  database.prepare('DELETE FROM trigger_sights WHERE name = ?').run(name);
}
