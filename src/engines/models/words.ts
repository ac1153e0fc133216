/** A number of parameters as people say it: `1.1B`. */
export function parametersInWords(parameters: number): string {
  if (parameters < 1e3) return String(parameters);
  const [size, unit] = parameters >= 1e9 ? [1e9, 'B'] : parameters >= 1e6 ? [1e6, 'M'] : [1e3, 'K'];
  const scaled = parameters / size;
  return `${scaled >= 100 ? Math.round(scaled) : Number(scaled.toFixed(1))}${unit}`;
}

/** The number that people mean by `1.1B`; undefined of anything else. */
export function parametersIn(text: string | undefined): number | undefined {
  const [, number, unit] = /^([\d.]+)\s*([KMBT])$/i.exec(text ?? '') ?? [];
  if (number === undefined || unit === undefined) return undefined;
  return Number(number) * 1_000 ** ('KMBT'.indexOf(unit.toUpperCase()) + 1);
}

/** A nominal size that is off by more than this share is told. */
const TOLERANCE = 0.1;

export function isFarFrom(size: number, nominal: number): boolean {
  return Math.abs(size - nominal) > TOLERANCE * nominal;
}
