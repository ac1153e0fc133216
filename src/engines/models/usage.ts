import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { filesBelow, sumOf } from './belongings.ts';
import { localRows } from './list.ts';
import { requireModelDirectory } from './place.ts';

export interface Usage {
  directory: string;
  /** Bytes of everything in the model directory. */
  total: number;
  /** What of that no model is known to have. */
  other: number;
  free: number;
  models: { id: string; size: number; files: number }[];
}

export async function readUsage(_: object, context: Context): Promise<Usage> {
  const directory = requireModelDirectory(context);
  const rows = localRows(context);
  const total = sumOf(filesBelow(directory));
  const within = rows.filter(
    (row) => row.directory === directory || row.directory.startsWith(`${directory}/`),
  );
  const { bavail, bsize } = statfsSync(existing(directory));
  return {
    ...{ directory, total, free: bavail * bsize },
    other: Math.max(0, total - within.reduce((sum, { size }) => sum + size, 0)),
    models: rows
      .map(({ id, size, files }) => ({ id, size, files: files.length }))
      .toSorted((a, b) => b.size - a.size),
  };
}

function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path));
}
