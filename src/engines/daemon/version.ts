import manifest from '#package' with { type: 'json' };

/** The version of this program. */
export const VERSION: string = manifest.version;

/** One build of one version; no build where the program runs from its sources. */
export interface Edition {
  version: string;
  build?: string;
}

/** Whether a program takes the place of a daemon: it is newer, or another build of the same version. */
export function replaces(program: Edition, daemon: Edition): boolean {
  if (program.version !== daemon.version) return isOlder(daemon.version, program.version);
  return program.build !== undefined && program.build !== daemon.build;
}

/** Whether `a` comes before `b`, by the precedence of semantic versioning; build metadata counts for nothing. */
export function isOlder(a: string, b: string): boolean {
  const [coreA, preA] = parse(a);
  const [coreB, preB] = parse(b);
  const order = compare(coreA, coreB);
  if (order !== 0) return order < 0;
  if (preA.length === 0 || preB.length === 0) return preA.length > preB.length;
  return compare(preA, preB) < 0;
}

function parse(version: string): [string[], string[]] {
  const [core = '', ...pre] = (version.split('+')[0] ?? '').split('-');
  return [core.split('.'), pre.length === 0 ? [] : pre.join('-').split('.')];
}

function compare(a: string[], b: string[]): number {
  for (const index of Array(Math.max(a.length, b.length)).keys()) {
    const order = compareIdentifiers(a[index], b[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  const [numberA, numberB] = [a, b].map((one) => (/^\d+$/.test(one) ? Number(one) : undefined));
  if (numberA !== undefined && numberB !== undefined) return numberA - numberB;
  if (numberA !== undefined) return -1;
  if (numberB !== undefined) return 1;
  return a < b ? -1 : 1;
}
