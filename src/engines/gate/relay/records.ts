import type { Store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import type { Endpoint } from '../types.ts';

/** A model that the gateway was given, and where it put it. */
export interface KeptModel {
  name: string;
  /** Absolute; it has nothing but the file. */
  directory: string;
  file: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since the epoch. */
  registeredAt: number;
}

/** The endpoints of every model that has a route, in their order. */
export function readRoutes({ database }: Store): Map<string, Endpoint[]> {
  const rows = database.prepare('SELECT * FROM gate_routes ORDER BY model, position').all();
  const routes = rows.map(({ model, endpoint, weight, fallback }) => ({
    model: String(model),
    endpoint: { endpoint: String(endpoint), weight: Number(weight), fallback: fallback === 1 },
  }));
  const byModel = Map.groupBy(routes, ({ model }) => model);
  return new Map([...byModel].map(([model, own]) => [model, own.map(({ endpoint }) => endpoint)]));
}

/** The route of a model as it was, taken for what is made of it; none is no route. */
export function changeRoute(
  opened: Store,
  model: string,
  make: (before: readonly Endpoint[]) => readonly Endpoint[],
): void {
  const { database } = opened;
  immediately(database, () => {
    const after = make(readRoutes(opened).get(model) ?? []);
    database.prepare('DELETE FROM gate_routes WHERE model = ?').run(model);
    const insert = database.prepare('INSERT INTO gate_routes VALUES (?, ?, ?, ?, ?)');
    for (const [position, { endpoint, weight, fallback }] of after.entries())
      insert.run(model, endpoint, weight, fallback ? 1 : 0, position);
  });
}

export function readKept({ database }: Store): KeptModel[] {
  return database
    .prepare('SELECT * FROM gate_models ORDER BY name')
    .all()
    .map(({ name, directory, file, size, registered_at }) => ({
      ...{ name: String(name), directory: String(directory), file: String(file) },
      ...{ size: Number(size), registeredAt: Number(registered_at) },
    }));
}

export function writeKept({ database }: Store, kept: KeptModel): void {
  const { name, directory, file, size, registeredAt } = kept;
  database
    .prepare('INSERT OR REPLACE INTO gate_models VALUES (?, ?, ?, ?, ?)')
    .run(name, directory, file, size, registeredAt);
}

export function forgetKept({ database }: Store, name: string): void {
  database.prepare('DELETE FROM gate_models WHERE name = ?').run(name);
}
