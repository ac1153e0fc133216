/** Taken on entering the screen, given back on leaving it; alternate buffer, cursor, bracketed paste. */
export const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[H\x1b[J';
export const LEAVE = '\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l';

export const HOME_AND_ERASE = '\x1b[H\x1b[J';

/** Synchronized output: the terminal shows a frame whole. */
export const BEGIN_FRAME = '\x1b[?2026h';
export const END_FRAME = '\x1b[?2026l';

/** OSC 52: the terminal's own clipboard, over any number of hops. */
export function copySequence(text: string): string {
  return `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
}

/** Tells the test rig how much input has been carried out once there is nothing left to do. */
export function idleSequence(consumed: number): string {
  return `\x1b]7777;idle;${consumed}\x07`;
}
