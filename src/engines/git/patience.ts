import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { gitError } from './errors.ts';

/** How long the gits in front of a change to one repo may take, in milliseconds. */
export const PATIENCE = 30_000;

interface Waiting {
  name: string;
  path: string;
  /** Milliseconds. */
  limit?: number;
}

/** Looks at one repo as long as it answers in time; a git that hangs is let go, and so is whoever waits for it. */
export async function patiently<T>(
  context: Context,
  { name, path, limit = PATIENCE }: Waiting,
  look: (context: Context) => Promise<T>,
): Promise<T> {
  const over = AbortSignal.timeout(limit);
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(silent({ name, path, limit }));
  over.addEventListener('abort', giveUp, { once: true });
  try {
    const signal = AbortSignal.any([context.signal, over]);
    return await Promise.race([promise, look({ ...context, signal })]);
  } finally {
    over.removeEventListener('abort', giveUp);
  }
}

export function silent({ name, path, limit }: Required<Waiting>) {
  return gitError('git-over-budget', `${name}: git gave no answer within ${limit / 1000} s.`, {
    next: [`git -C ${quote(path)} status`],
  });
}
