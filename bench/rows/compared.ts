import { figure } from '../report.ts';
import type { Row } from '../row.ts';
import { median, ratio } from '../statistics.ts';

interface Comparison {
  what: string;
  bar?: number;
  /** Milliseconds of each run. */
  own: readonly number[];
  reference: { name: string; runs: readonly number[] };
  /** The ratios of others. */
  peers?: Record<string, number>;
}

/** A row that says how many times as long as the reference it takes. */
export function compared({ what, bar, own, reference, peers }: Comparison): Row {
  const { median: value, low, high } = ratio(own, reference.runs);
  const times = `${figure(median(own), 'ms')} against ${figure(median(reference.runs), 'ms')} of ${reference.name}`;
  return {
    what,
    bar,
    value,
    unit: 'x',
    how: `${times}; ${figure(low, 'x')} to ${figure(high, 'x')}, ${own.length} runs`,
    peers,
  };
}
