import type { ActionCard } from '#app/registry/card.ts';

/** The actions that one page tells of. */
export interface Noun {
  name: string;
  /** Path of its page. */
  path: string;
  cards: ActionCard[];
}

const EVERYDAY = 'everyday';

/** One page per noun; words that stand alone share one. */
export function nounsOf(cards: readonly ActionCard[]): Noun[] {
  const groups = Map.groupBy(cards, ({ id }) => id.split('.')[0] as string);
  const isAlone = ([name, group]: [string, ActionCard[]]) => group.length === 1 && group[0]?.id === name;
  const alone = [...groups].filter(isAlone).flatMap(([, group]) => group);
  const nouns = [...groups].filter((group) => !isAlone(group));
  return [
    ...nouns.map(([name, group]) => ({ name, path: `${name}.md`, cards: group })),
    ...(alone.length > 0 ? [{ name: EVERYDAY, path: `${EVERYDAY}.md`, cards: alone }] : []),
  ];
}
