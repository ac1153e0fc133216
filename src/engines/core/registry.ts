import type { Action } from './action.ts';
import type { ActionCard } from './card.ts';

/** What the house can do: the light cards of all actions, and the declaration of one. */
export interface Registry {
  cards: readonly ActionCard[];
  find(id: string): Promise<Action> | undefined;
}
