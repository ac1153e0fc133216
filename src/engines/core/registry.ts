import type { Action } from './action.ts';
import type { ActionCard } from './card.ts';
import type { AnyFact } from './fact.ts';
import type { AnyOperation } from './operation.ts';

/** What a shell takes beside the actions. */
export interface Shell {
  /** What every command takes: as it is given, and the variable that does the same for a session. */
  options: { option: string; variable: string | null; description: string }[];
  /** Commands that are no actions. */
  commands: readonly ActionCard[];
}

/** What the house can do: the light cards of all actions, and the declarations of one action, operation or fact. */
export interface Registry {
  cards: readonly ActionCard[];
  find(id: string): Promise<Action> | undefined;
  /** Rejects where there is none: plans name only what there is. */
  operation(id: string): Promise<AnyOperation>;
  fact(id: string): Promise<AnyFact>;
  shell(): Promise<Shell>;
}
