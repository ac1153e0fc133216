import type { Store } from '#engines/store/store.ts';

/** A set of variables and the vault behind it: all its secrets reach whatever runs with the set. */
export interface Link {
  set: string;
  /** Its directory, absolute. */
  vault: string;
}

export function readLinks({ database }: Store): Link[] {
  return database
    .prepare('SELECT set_name, vault FROM vaults ORDER BY set_name')
    .all()
    .map((row) => ({ set: String(row.set_name), vault: String(row.vault) }));
}

export function readLink({ database }: Store, set: string): string | null {
  const row = database.prepare('SELECT vault FROM vaults WHERE set_name = ?').get(set);
  return row ? String(row.vault) : null;
}

/** Null takes the link away. */
export function writeLink({ database }: Store, set: string, vault: string | null): void {
  if (vault === null) database.prepare('DELETE FROM vaults WHERE set_name = ?').run(set);
  else database.prepare('INSERT OR REPLACE INTO vaults VALUES (?, ?)').run(set, vault);
}
