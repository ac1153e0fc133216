import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { applySnapshot, checkSnapshot } from '../snapshot.ts';

const WHOLE = { ignored: false, also: [] };

export function checkKeep(application: Application<object>, context: Context): Promise<Applied | undefined> {
  return checkSnapshot({ ...application, args: WHOLE }, context);
}

export function applyKeep(application: Application<object>, context: Context): Promise<Applied> {
  return applySnapshot({ ...application, args: WHOLE }, context);
}
