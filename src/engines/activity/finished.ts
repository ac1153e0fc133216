import type { Context } from '#engines/core/context.ts';
import { store } from '#engines/store/store.ts';
import type { Activity } from './types.ts';

/**
 * The activity in which the same command came to its end after this one was broken off, and which was not taken back:
 * nothing is left of this one. A command that runs once is another one each time, and finishes none before it.
 */
export function finishedSince({ id, action }: Pick<Activity, 'id' | 'action'>, context: Context) {
  const { rerun } = context.registry.cards.find((card) => card.id === action) ?? {};
  if (rerun !== 'converge') return undefined;
  const row = context
    .use(store)
    .database.prepare(
      `SELECT later.id FROM activities AS broken JOIN activities AS later
       ON later.action = broken.action AND later.input = broken.input AND later.workspace IS broken.workspace
       WHERE broken.id = ? AND later.id > broken.id AND later.status = 'done' AND later.undone_by IS NULL
       ORDER BY later.id LIMIT 1`,
    )
    .get(Number(id));
  return row && String(row.id);
}

/** What is said of what an activity had left. */
export function finishedWords(by: string): string {
  return `nothing is left: activity ${by} has done it`;
}
