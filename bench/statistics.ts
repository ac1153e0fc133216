/** A figure and how far the runs behind it lie apart. */
export interface Spread {
  median: number;
  /** First and third quartile. */
  low: number;
  high: number;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the given share of the values lies, linear between neighbours. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('There is no quantile of nothing.');
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

export function spread(values: readonly number[]): Spread {
  return { median: median(values), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/**
 * How many times as much `a` takes as `b`. Runs that followed each other are compared with each other, so that a machine
 * that gets slower meanwhile changes nothing.
 */
export function ratio(a: readonly number[], b: readonly number[]): Spread {
  if (a.length !== b.length)
    throw new RangeError(`There are ${a.length} runs and ${b.length} to compare with.`);
  return spread(a.map((value, run) => value / (b[run] as number)));
}
