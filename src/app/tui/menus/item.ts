import type { Menu } from '../state/overlay.ts';
import type { State, Turn } from '../state/state.ts';
import type { World } from '../state/world.ts';

/** One line of a menu. */
export interface Item {
  label: string;
  about: string;
  keys?: string;
  /** Why it can't run now; it is shown nevertheless. */
  unable?: string;
  run(state: State): Turn;
  /** What `tab` makes of it: the rest of a command line, a form. */
  complete?(state: State): State;
}

export interface MenuSource {
  title: string;
  /** The items that the typed text leaves, the best first. */
  items(state: State, world: World, typed: string, menu: Pick<Menu, 'offered' | 'picks'>): readonly Item[];
}
