import { failureOf } from '#engines/core/errors.ts';
import type { Applied } from '#engines/core/operation.ts';

/** A hook that fails after git has switched takes nothing back: what happened is done, and its words are told. */
export async function despiteHook(
  apply: () => Promise<Applied>,
  check: () => Promise<Applied | undefined>,
): Promise<Applied> {
  try {
    return await apply();
  } catch (thrown) {
    const happened = await check();
    if (!happened) throw thrown;
    return { ...happened, summary: `${happened.summary}; ${failureOf(thrown).message}` };
  }
}
