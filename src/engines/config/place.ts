/** Both from 1. */
export interface Place {
  line: number;
  column: number;
}

export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Where a key, nested or written with dots, stands in a JSON text. */
export function placeOfKey(text: string, path: readonly string[]): Place {
  let offset = 0;
  for (const part of path) {
    const found = text.indexOf(JSON.stringify(part), offset);
    if (found !== -1) offset = found;
  }
  return placeAt(text, offset);
}
