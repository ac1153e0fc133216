import type { Context } from '#engines/core/context.ts';
import { ask } from './ask.ts';

export interface MovedRef {
  ref: string;
  /** Absent of a new one. */
  from?: string;
  /** Absent of one that is gone. */
  to?: string;
}

/** Object ids by full ref name, of the refs below the given prefixes; refs that stand for another are left out. */
export async function readRefMap(
  context: Context,
  cwd: string,
  ...prefixes: string[]
): Promise<Map<string, string>> {
  const { stdout } = await ask(context, {
    cwd,
    args: ['for-each-ref', '--format=%(objectname) %(refname) %(symref)', ...prefixes],
  });
  const records = stdout.split('\n').map((line) => line.split(' '));
  return new Map(records.flatMap(([oid = '', ref, symref]) => (ref && !symref ? [[ref, oid]] : [])));
}

export function movedRefs(before: Map<string, string>, after: Map<string, string>): MovedRef[] {
  const moved = [...after]
    .filter(([ref, oid]) => before.get(ref) !== oid)
    .map(([ref, to]) => ({ ref, to, ...(before.has(ref) ? { from: before.get(ref) } : {}) }));
  const gone = [...before].filter(([ref]) => !after.has(ref)).map(([ref, from]) => ({ ref, from }));
  return [...moved, ...gone];
}
