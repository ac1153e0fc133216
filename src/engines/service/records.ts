import { canonical } from '#engines/core/json.ts';
import type { Store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import type { Definition } from './definition.ts';

/** What was deployed under a number. */
export interface Release {
  number: number;
  definition: Definition;
  /** Milliseconds since the epoch. */
  deployedAt: number;
}

export function readServices({ database }: Store): Definition[] {
  return database.prepare('SELECT definition FROM services ORDER BY name').all().map(definitionOf);
}

export function readService({ database }: Store, name: string): Definition | undefined {
  const row = database.prepare('SELECT definition FROM services WHERE name = ?').get(name);
  return row && definitionOf(row);
}

/** What is deployed from now on; another release where anything but the number of replicas differs from the last one. */
export function writeService({ database }: Store, definition: Definition, at: number): void {
  const { name } = definition;
  immediately(database, () => {
    database
      .prepare(
        `INSERT INTO services VALUES ($name, $definition, $at)
         ON CONFLICT (name) DO UPDATE SET definition = $definition`,
      )
      .run({ name, definition: JSON.stringify(definition), at });
    const last = database
      .prepare('SELECT number, release FROM releases WHERE service = ? ORDER BY number DESC LIMIT 1')
      .get(name);
    if (last && releaseText(JSON.parse(String(last.release))) === releaseText(definition)) return;
    database
      .prepare('INSERT INTO releases VALUES (?, ?, ?, ?)')
      .run(name, Number(last?.number ?? 0) + 1, JSON.stringify(definition), at);
  });
}

/** The newest first. */
export function readReleases({ database }: Store, service: string): Release[] {
  return database
    .prepare('SELECT number, release, deployed_at FROM releases WHERE service = ? ORDER BY number DESC')
    .all(service)
    .map(({ number, release, deployed_at }) => ({
      number: Number(number),
      definition: JSON.parse(String(release)) as Definition,
      deployedAt: Number(deployed_at),
    }));
}

/** The same text for what runs the same, with however many replicas. */
export function releaseText({ replicas: _, ...release }: Definition): string {
  return canonical(release);
}

export function forgetService({ database }: Store, name: string): void {
  database.prepare('DELETE FROM services WHERE name = ?').run(name);
}

/** Only this file writes them, and whole: to validate all of them again is not worth the time of each list. */
function definitionOf({ definition }: Record<string, unknown>): Definition {
  return JSON.parse(String(definition)) as Definition;
}
