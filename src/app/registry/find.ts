import type { Action } from '#engines/core/action.ts';
import type { AnyFact } from '#engines/core/fact.ts';
import type { AnyOperation } from '#engines/core/operation.ts';
import { ACTIONS as CARDS } from './actions.ts';
import type { ActionCard } from './card.ts';
import { ACTIONS, FACTS, OPERATIONS } from './modules.ts';

export function findCard(id: string): ActionCard | undefined {
  return CARDS.find((card) => card.id === id);
}

/** The declaration of an action; loads the declarations of its engine. */
export function findAction(id: string): Promise<Action> | undefined {
  return load<Action>(ACTIONS, id);
}

export function findOperation(id: string): Promise<AnyOperation> {
  return load<AnyOperation>(OPERATIONS, id) ?? Promise.reject(new Error(`There is no operation ${id}.`));
}

export function findFact(id: string): Promise<AnyFact> {
  return load<AnyFact>(FACTS, id) ?? Promise.reject(new Error(`There is no fact ${id}.`));
}

function load<T>(table: Record<string, () => Promise<unknown>>, id: string): Promise<T> | undefined {
  return Object.hasOwn(table, id) ? (table[id]?.() as Promise<T>) : undefined;
}
