import * as z from 'zod/mini';
import type { Store } from '#engines/store/store.ts';
import { stretchSchema } from './clock/stretches.ts';
import { type Definition, definitionSchema } from './definition.ts';

/** How far a schedule has come. */
const progressSchema = z.object({
  decided: z.array(stretchSchema),
  /** The start of the machine that it last knew of. */
  boot: z.nullable(z.string()),
  /** The newest moment at which nothing was run, and why. */
  passed: z.nullable(z.object({ moment: z.number(), why: z.string() })),
});

export type Progress = z.infer<typeof progressSchema>;

/** A schedule as the database has it. */
export interface Schedule {
  definition: Definition;
  paused: boolean;
  progress: Progress;
}

export function readSchedules({ database }: Store): Schedule[] {
  return database.prepare('SELECT * FROM schedules ORDER BY name').all().map(scheduleOf);
}

export function readSchedule({ database }: Store, name: string): Schedule | undefined {
  const row = database.prepare('SELECT * FROM schedules WHERE name = ?').get(name);
  return row && scheduleOf(row);
}

/** Whether anything may ever be due. */
export function hasSchedules({ database }: Store): boolean {
  return database.prepare('SELECT 1 FROM schedules WHERE paused = 0 LIMIT 1').get() !== undefined;
}

export function writeSchedule({ database }: Store, { definition, paused, progress }: Schedule): void {
  database
    .prepare(
      `INSERT INTO schedules VALUES ($name, $definition, $paused, $progress)
       ON CONFLICT (name) DO UPDATE SET definition = $definition, paused = $paused, progress = $progress`,
    )
    .run({
      name: definition.name,
      definition: JSON.stringify(definition),
      paused: paused ? 1 : 0,
      progress: JSON.stringify(progress),
    });
}

export function forgetSchedule({ database }: Store, name: string): void {
  database.prepare('DELETE FROM schedules WHERE name = ?').run(name);
}

function scheduleOf({ definition, paused, progress }: Record<string, unknown>): Schedule {
  return {
    definition: z.parse(definitionSchema, JSON.parse(String(definition))),
    paused: paused === 1,
    progress: z.parse(progressSchema, JSON.parse(String(progress))),
  };
}
