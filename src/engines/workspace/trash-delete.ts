import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { trashDirectory } from '#engines/git/trash.ts';
import { counted } from '#engines/git/words.ts';

/** The removed files of one activity. */
export interface KeptTrash {
  activity: string;
  /** Milliseconds since the epoch: when the last of them came. */
  at: number;
  /** Bytes on disk. */
  size: number;
}

type Deletion = Application<{ activities: string[] }>;

/** Oldest first. */
export async function listTrash(context: Pick<Context, 'paths'>): Promise<KeptTrash[]> {
  const directory = trashDirectory(context);
  const names = await readdir(directory).catch(() => []);
  const kept = await Promise.all(
    names.filter(isActivity).map(async (activity) => {
      const path = join(directory, activity);
      return { activity, at: (await lstat(path)).mtimeMs, size: await sizeOf(path) };
    }),
  );
  return kept.toSorted((one, other) => one.at - other.at);
}

/** Deleting again what is gone changes nothing. */
export async function checkTrashDelete(): Promise<undefined> {
  return undefined;
}

export async function applyTrashDelete({ args }: Deletion, context: Context): Promise<Applied> {
  // An id is no path: nothing beside the trash can be named.
  for (const activity of args.activities.filter(isActivity)) {
    context.signal.throwIfAborted();
    await rm(join(trashDirectory(context), activity), { recursive: true, force: true, maxRetries: 3 });
  }
  return { summary: `removed files of ${counted(args.activities.length, 'activity', 'activities')} deleted` };
}

function isActivity(name: string): boolean {
  return /^\d+$/.test(name);
}

/** One entry after the other: nobody waits, and a tree may have a million. */
async function sizeOf(path: string): Promise<number> {
  const { blocks } = await lstat(path);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  let size = blocks * 512;
  for (const entry of entries) {
    const inner = join(path, entry.name);
    size += entry.isDirectory() ? await sizeOf(inner) : (await lstat(inner)).blocks * 512;
  }
  return size;
}
