import { FIND } from './find.ts';
import { FOCUS } from './focus.ts';
import { JUMP } from './jump.ts';
import { LOGS } from './logs.ts';
import { MARK } from './mark.ts';
import type { Moves } from './move.ts';
import { SCREEN } from './screen.ts';
import { SCROLL } from './scroll.ts';
import { TRAIL } from './trail.ts';
import { WELCOME } from './welcome.ts';

/** Every move by the id that the keymap knows. */
export const MOVES: Moves = {
  ...SCROLL,
  ...FOCUS,
  ...TRAIL,
  ...JUMP,
  ...MARK,
  ...FIND,
  ...LOGS,
  ...SCREEN,
  ...WELCOME,
};
