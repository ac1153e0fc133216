type Operation =
  | {
      type: 'write';
      x: number;
      y: number;
      text: string;
      transformers: ((line: string, index: number) => string)[];
    }
  | { type: 'clip' | 'unclip' };

// The picture, where each row is one text from its first column on; nothing where cells have to be put together.
export function rowsOf(operations: readonly Operation[], height: number): string | undefined {
  const rows: string[] = Array(height).fill('');
  for (const operation of operations) {
    if (operation.type !== 'write') continue;
    const { x, y, text, transformers } = operation;
    if (x !== 0 || rows[y] !== '' || text.includes('\n')) return undefined;
    rows[y] = transformers.reduce((line, transform) => transform(line, 0), text).trimEnd();
  }
  return rows.join('\n');
}
