import * as z from 'zod/mini';
import type { Store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import type { Job } from './job.ts';

/** A job as the database has it, with how far it has come. */
export interface JobRecord<D extends Job = Job, P = unknown> {
  definition: D;
  paused: boolean;
  progress: P;
}

/** The jobs of one kind. */
export interface Records<D extends Job, P> {
  /** By name. */
  all(opened: Store): JobRecord<D, P>[];
  find(opened: Store, name: string): JobRecord<D, P> | undefined;
  /** Whether any is not paused. */
  isAwake(opened: Store): boolean;
  write(opened: Store, record: JobRecord<D, P>): void;
  /** Nothing where it is forgotten. */
  change(opened: Store, name: string, make: (known: JobRecord<D, P>) => JobRecord<D, P>): void;
  forget(opened: Store, name: string): void;
}

interface Schemas<D, P> {
  definition: z.ZodMiniType<D>;
  progress: z.ZodMiniType<P>;
}

export function recordsIn<D extends Job, P>(
  table: 'schedules' | 'triggers',
  schemas: Schemas<D, P>,
): Records<D, P> {
  function recordOf({ definition, paused, progress }: Record<string, unknown>): JobRecord<D, P> {
    return {
      definition: z.parse(schemas.definition, JSON.parse(String(definition))),
      paused: paused === 1,
      progress: z.parse(schemas.progress, JSON.parse(String(progress))),
    };
  }

  function find({ database }: Store, name: string): JobRecord<D, P> | undefined {
    const row = database.prepare(`SELECT * FROM ${table} WHERE name = ?`).get(name);
    return row && recordOf(row);
  }

  function write({ database }: Store, { definition, paused, progress }: JobRecord<D, P>): void {
    database
      .prepare(
        `INSERT INTO ${table} VALUES ($name, $definition, $paused, $progress)
         ON CONFLICT (name) DO UPDATE SET definition = $definition, paused = $paused, progress = $progress`,
      )
      .run({
        name: definition.name,
        definition: JSON.stringify(definition),
        paused: paused ? 1 : 0,
        progress: JSON.stringify(progress),
      });
  }

  return {
    all: ({ database }) => database.prepare(`SELECT * FROM ${table} ORDER BY name`).all().map(recordOf),
    find,
    isAwake: ({ database }) =>
      database.prepare(`SELECT 1 FROM ${table} WHERE paused = 0 LIMIT 1`).get() !== undefined,
    write,
    change(opened, name, make) {
      immediately(opened.database, () => {
        const known = find(opened, name);
        if (known) write(opened, make(known));
      });
    },
    forget({ database }, name) {
      database.prepare(`DELETE FROM ${table} WHERE name = ?`).run(name);
    },
  };
}
