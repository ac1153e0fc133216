import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { whileLocked } from './locks.ts';
import { git } from './run.ts';

interface Place {
  /** Absolute path of the worktree. */
  cwd: string;
  /** The git directory of this worktree. */
  own: string;
  /** Name of the target in the command log. */
  target: string;
}

/** Puts an index in place under its lock, as git does it, then lets git look at the files behind it. */
export async function writeIndex(
  context: Context,
  { cwd, own, target }: Place,
  bytes: Uint8Array,
): Promise<void> {
  const index = join(own, 'index');
  await whileLocked(context, `${index}.lock`, async (lock) => {
    const file = await open(lock, 'wx');
    await file.writeFile(bytes).finally(() => file.close());
    await rename(lock, index);
  });
  await git(context, {
    cwd,
    mode: 'write',
    target,
    args: ['update-index', '-q', '--refresh'],
    answers: [0, 1],
  });
}
