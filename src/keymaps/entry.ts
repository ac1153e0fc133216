/**
 * Where an entry's keys count: `screen` wherever no dialog is open, `list` and `detail` while one has the keys, the id
 * of a pane while that pane has them; the rest name what is open: `menu`, `form`, `confirm`.
 */
export type Place = string;

/** One row of a keymap: what is pressed, where, and what it does. */
export interface Entry {
  /** An action (`repo.fetch`) or a move (`move.down`); stands once in a keymap. */
  id: string;
  /** Chords, the one that help shows first. */
  keys: readonly string[];
  where: readonly Place[];
  /** Two or three words for footer and help. */
  label: string;
  /** Heading in help. */
  group: string;
  /** Place in the footer, the lowest first; absent: only in help. */
  hint?: number;
  /** Stands at the footer's right end, whatever else fits. */
  pinned?: boolean;
}
