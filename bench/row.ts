/** One line of the table. */
export interface Row {
  /** What was measured, in the words of the design's table. */
  what: string;
  /** Absent: not yet, with the reason in `how`. */
  value?: number;
  /** `x`: a ratio. */
  unit: 'x' | 'ms' | '%' | 'bytes' | 'MB';
  /** The highest value that passes; absent where there is nothing to pass. */
  bar?: number;
  /** The runs behind it: medians, spread, number of runs. */
  how: string;
  /** The same figure of others, measured in the same runs. */
  peers?: Record<string, number>;
}

/** Rows that are measured together. */
export interface Family {
  /** The word that picks it on the command line. */
  name: string;
  rows(tell: (progress: string) => void): AsyncIterable<Row>;
}

/** A row whose part of Gantry does not exist. */
export function notYet(what: string, { unit, bar }: Pick<Row, 'unit' | 'bar'>, why: string): Row {
  return { what, unit, bar, how: why };
}

export type Verdict = 'pass' | 'miss' | 'not yet' | '';

export function verdictOf({ value, bar }: Row): Verdict {
  if (value === undefined) return 'not yet';
  if (bar === undefined) return '';
  return value <= bar ? 'pass' : 'miss';
}
