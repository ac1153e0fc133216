import type { Store } from '#engines/store/store.ts';

/** One variable of one set. */
export interface Variable {
  set: string;
  name: string;
  value: string;
}

/** The set that everything has which names no other. */
export const DEFAULT_SET = 'default';

/** The set of one service alone. */
export function setOfService(service: string): string {
  return `service:${service}`;
}

export function readVariables({ database }: Store, set?: string): Variable[] {
  const rows =
    set === undefined
      ? database.prepare('SELECT * FROM variables ORDER BY set_name, name').all()
      : database.prepare('SELECT * FROM variables WHERE set_name = ? ORDER BY name').all(set);
  return rows.map((row) => ({ set: String(row.set_name), name: String(row.name), value: String(row.value) }));
}

export function readVariable({ database }: Store, set: string, name: string): string | null {
  const row = database.prepare('SELECT value FROM variables WHERE set_name = ? AND name = ?').get(set, name);
  return row ? String(row.value) : null;
}

/** Null takes it away. */
export function writeVariable(
  { database }: Store,
  { set, name }: Omit<Variable, 'value'>,
  value: string | null,
): void {
  if (value === null) {
    database.prepare('DELETE FROM variables WHERE set_name = ? AND name = ?').run(set, name);
  } else {
    database.prepare('INSERT OR REPLACE INTO variables VALUES (?, ?, ?)').run(set, name, value);
  }
}

/** The variables of several sets laid over each other, the last on top. */
export function variablesOf(opened: Store, sets: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    sets.flatMap((set) => readVariables(opened, set).map(({ name, value }) => [name, value])),
  );
}
