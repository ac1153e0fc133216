import stringWidth from 'string-width';

/** Rows under their heads, every column as wide as what stands in it. */
export function columns(heads: readonly string[], rows: readonly string[][]): string[] {
  const lines = [heads, ...rows];
  const widths = heads.map((_, index) => Math.max(...lines.map((line) => stringWidth(line[index] ?? ''))));
  return lines.map((line) =>
    line
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - stringWidth(cell)))
      .join('  ')
      .trimEnd(),
  );
}
