import type { ActionCard } from './card.ts';

/** What one engine has. Cards, actions, operations and facts are evaluated when they are first asked for. */
export interface Engine {
  /** Of its actions. */
  ids: readonly string[];
  cards(): readonly ActionCard[];
  /** Its declarations, among whatever else their file exports. */
  actions?(): Promise<object>;
  operations?(): Promise<object>;
  facts?(): Promise<object>;
}
