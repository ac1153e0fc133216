import { type Line, span } from './line.ts';

/** Cells of the names of facts. */
const NAMES = 12;

/** A line of a page of facts: what it is, then what it comes to; nothing where that is nothing. */
export function fact(name: string, value: Line): Line[] {
  return value.length === 0 ? [] : [[span(name.padEnd(NAMES), 'quiet'), ...value]];
}
