import { fstatSync, statSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Whether a descriptor is a terminal. Node's terminals take 2 ms to load: what can be told without them is. */
export function isTerminal(descriptor: 0 | 1 | 2): boolean {
  const file = fstatSync(descriptor);
  return file.isCharacterDevice() && file.rdev !== statSync('/dev/null').rdev && isatty(descriptor);
}
