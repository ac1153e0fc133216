import { type Row, verdictOf } from './row.ts';

const COLUMNS = ['what', 'measured', 'bar', '', 'how', 'others'] as const;

/** The rows for a terminal. */
export function tableText(rows: readonly Row[]): string {
  const lines = [COLUMNS.slice(), ...rows.map(cells)] as string[][];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The page that keeps them. */
export function pageText(rows: readonly Row[], { machine, date }: { machine: string; date: string }): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    '<!-- Written by `npm run bench`; not to be edited. -->',
    '',
    '# Benchmarks',
    '',
    `Measured on ${date}: ${machine}.`,
    '',
    'A ratio (x) is the median of the ratios of runs that followed each other, with its quartiles; both sides are whole processes',
    'of the same machine in the same minutes. Before anything is timed the answers of both sides are compared, and where they differ',
    'the run ends. A bar is the highest value that passes. Others are measured beside, against the same reference. Nothing here is',
    'asserted by a test: read it, and run it where it matters to you ([how](../bench/README.md)).',
    '',
    line(COLUMNS),
    line(COLUMNS.map(() => '---')),
    ...rows.map((row) => line(cells(row).map((cell) => cell.replaceAll('|', '\\|')))),
    '',
  ].join('\n');
}

function cells(row: Row): string[] {
  const { what, value, unit, bar, how, peers = {} } = row;
  return [
    what,
    value === undefined ? '' : figure(value, unit),
    bar === undefined ? '' : figure(bar, unit),
    verdictOf(row),
    how,
    Object.entries(peers)
      .map(([name, peer]) => `${name} ${figure(peer, unit)}`)
      .join(', '),
  ];
}

/** A figure in as many digits as it deserves. */
export function figure(value: number, unit: Row['unit']): string {
  if (unit === 'x') return `${Number(value.toFixed(2))} x`;
  if (unit === 'bytes') return `${Math.round(value).toLocaleString('en')} bytes`;
  return `${value < 10 ? Number(value.toFixed(2)) : Math.round(value)} ${unit}`;
}
