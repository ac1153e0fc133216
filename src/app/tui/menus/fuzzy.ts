import { byLengthAsc, Fzf } from 'fzf';
import type { Item } from './item.ts';

/** What matches letter by letter, the best first: by name, and where no name does, by what it is about. */
export function fuzzy(items: readonly Item[], typed: string): readonly Item[] {
  const wanted = typed.trim();
  if (wanted === '') return items;
  const byName = matching(items, wanted);
  return byName.length > 0 ? byName : find(items, wanted, ({ about }) => about);
}

/** The same by name alone. */
export function matching(items: readonly Item[], wanted: string): readonly Item[] {
  return find(items, wanted, ({ label }) => label);
}

function find(items: readonly Item[], wanted: string, selector: (item: Item) => string): readonly Item[] {
  return new Fzf([...items], { selector, tiebreakers: [byLengthAsc] }).find(wanted).map(({ item }) => item);
}
