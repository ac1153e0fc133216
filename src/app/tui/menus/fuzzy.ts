import { byLengthAsc, Fzf } from 'fzf';
import type { Item } from './item.ts';

/** What matches letter by letter, the best first: by name, and where no name does, by what it is about. */
export function fuzzy(items: readonly Item[], typed: string): readonly Item[] {
  const wanted = typed.trim();
  if (wanted === '') return items;
  const byName = find(items, wanted, ({ label }) => label);
  return byName.length > 0 ? byName : find(items, wanted, ({ about }) => about);
}

function find(items: readonly Item[], wanted: string, selector: (item: Item) => string): readonly Item[] {
  return new Fzf([...items], { selector, tiebreakers: [byLengthAsc] }).find(wanted).map(({ item }) => item);
}
