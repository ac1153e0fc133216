import { type Line, span } from './line.ts';

/** Where there is nothing to show: why. */
export function note(text: string): Line[] {
  return [[span(text, 'quiet')]];
}
