import type { JsonText } from './json.ts';
import { type Path, pointerOf } from './pointer.ts';

export interface Place {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
}

export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** Where a value or the name of a member stands; where it is missing, the nearest value around it. */
export function placeOf({ text, spans }: JsonText, path: Path): Place {
  for (let length = path.length; length >= 0; length--) {
    const span = spans.get(pointerOf(path.slice(0, length)));
    if (span) return placeAt(text, span.name ?? span.start);
  }
  return { line: 1, column: 1 };
}

export function isThere({ spans }: JsonText, path: Path): boolean {
  return spans.has(pointerOf(path));
}
