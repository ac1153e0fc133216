import type { Application, Applied } from '#engines/core/operation.ts';
import { clearGitFlowNote } from '#engines/git/merge/git-flow-note.ts';
import { placeOf } from '#engines/git/observe.ts';

/** Clearing again clears nothing. */
export async function checkClear(): Promise<undefined> {
  return undefined;
}

export async function applyClear({ target }: Application): Promise<Applied> {
  await clearGitFlowNote(placeOf(target));
  return { summary: 'note cleared' };
}
