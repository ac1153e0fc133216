/**
 * The same picture in fewer bytes: Ink steps over unchanged rows one by one, and where the start of a row is unchanged it
 * leaves the styles of it behind without their text. A fifth of what a move of the selection writes.
 */
export function terse(frame: string): string {
  return frame
    .replaceAll(/(?:\x1b\[E){2,}/g, (steps) => `\x1b[${steps.length / '\x1b[E'.length}E`)
    .replaceAll(/(?:\x1b\[[\d;]*m)*\x1b\[0m/g, '\x1b[0m')
    .replaceAll(/\x1b\[0m\x1b\[(?=[\d;]+m)/g, '\x1b[0;');
}
