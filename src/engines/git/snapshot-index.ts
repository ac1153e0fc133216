import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Content } from './fast-import.ts';
import { GITLINK, type IndexEntry } from './index-entries.ts';
import { git } from './run.ts';

/** The index as a file that needs no other, its tree, and the contents of conflicts, which no tree can name. */
export async function copyIndex(
  context: Context,
  { cwd, own, copy }: { cwd: string; own: string; copy: string },
  entries: readonly IndexEntry[],
): Promise<{ tree: string | null; contents: Content[] }> {
  const exists = await copyFile(join(own, 'index'), copy).then(
    () => true,
    (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return false;
      throw thrown;
    },
  );
  if (!exists) return { tree: null, contents: [] };
  const env = { GIT_INDEX_FILE: copy };
  await git(context, { cwd, mode: 'read', env, args: PLAIN_INDEX_ARGS });
  const bytes = await readFile(copy);
  const unmerged = entries.filter(({ stage }) => stage > 0);
  if (unmerged.length > 0) await dropFromIndex(context, { cwd, env }, unmerged);
  const { stdout } = await git(context, { cwd, mode: 'read', env, args: ['write-tree', '--missing-ok'] });
  const tree = stdout.trim();
  const blobs = new Set(unmerged.filter(({ mode }) => mode !== GITLINK).map(({ oid }) => oid));
  return {
    tree,
    contents: [
      { name: 'index', bytes },
      { name: 'staged', tree },
      ...[...blobs].map((blob) => ({ name: `unmerged/${blob}`, blob })),
    ],
  };
}

const PLAIN_INDEX_ARGS = [
  ...['core.fsmonitor', 'core.splitIndex', 'core.untrackedCache'].flatMap((key) => ['-c', `${key}=false`]),
  'update-index',
  '--no-split-index',
  '--no-fsmonitor',
  '--no-untracked-cache',
];

async function dropFromIndex(
  context: Context,
  call: { cwd: string; env: Record<string, string> },
  entries: IndexEntry[],
): Promise<void> {
  const lines = entries.map(({ path, oid }) => `0 ${'0'.repeat(oid.length)}\t${path}\0`).join('');
  await git(context, {
    ...call,
    mode: 'read',
    args: ['update-index', '-z', '--index-info'],
    input: Buffer.from(lines, 'latin1'),
  });
}
