/** One way of doing the thing; returns what is compared, usually milliseconds. */
export type Side = () => number | Promise<number>;

interface Interleaving<Name extends string> {
  sides: Record<Name, Side>;
  runs: number;
  /** Rounds before that are not counted: they fill the caches of all sides alike. */
  warmUp?: number;
}

/** Runs A B C A B C …, so that whatever else the machine does meets all sides alike. */
export async function interleave<Name extends string>({
  sides,
  runs,
  warmUp = 2,
}: Interleaving<Name>): Promise<Record<Name, number[]>> {
  const entries = Object.entries<Side>(sides) as [Name, Side][];
  const measured = Object.fromEntries(entries.map(([name]) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >;
  for (let run = -warmUp; run < runs; run++) {
    for (const [name, side] of entries) {
      const value = await side();
      if (run >= 0) measured[name].push(value);
    }
  }
  return measured;
}
