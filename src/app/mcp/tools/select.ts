import type { ActionCard } from '#app/registry/card.ts';
import { nearest } from '#engines/core/nearest.ts';
import { mcpError } from '../errors.ts';
import { names, toolName } from './names.ts';

interface Narrowing {
  /** Names, ids or globs of either; absent: all. */
  patterns?: readonly string[];
  /** No commands. */
  readOnly: boolean;
}

/** The actions that are offered as tools. */
export function selectCards(
  cards: readonly ActionCard[],
  { patterns, readOnly }: Narrowing,
): readonly ActionCard[] {
  const stray = patterns?.find((pattern) => !cards.some((card) => names(pattern, card)));
  if (stray !== undefined) throw unknownTool(stray, cards);
  return cards.filter(
    (card) =>
      (!readOnly || card.kind !== 'command') &&
      (!patterns || patterns.some((pattern) => names(pattern, card))),
  );
}

function unknownTool(pattern: string, cards: readonly ActionCard[]) {
  const meant = nearest(
    pattern,
    cards.map(({ id }) => toolName(id)),
  );
  return mcpError('usage', `No tool is called ${pattern}${meant ? `; did you mean ${meant}?` : '.'}`, {
    next: [meant ? `gantry mcp --tools ${meant}` : 'gantry describe'],
  });
}
