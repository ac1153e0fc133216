import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import type { Target } from '#engines/core/plan.ts';
import { gitError } from './errors.ts';
import { placeOf } from './observe.ts';
import { readRefMap } from './refs.ts';
import { git } from './run.ts';
import { type SnapshotState, snapshotStateSchema } from './snapshot-state.ts';

/** What a snapshot says of itself. */
export async function readSnapshot(context: Context, cwd: string, oid: string): Promise<SnapshotState> {
  const { stdout, exitCode } = await git(context, {
    cwd,
    mode: 'read',
    args: ['cat-file', 'blob', `${oid}:state.json`],
    answers: [0, 128],
  });
  if (exitCode === 0) return z.parse(snapshotStateSchema, JSON.parse(stdout));
  throw gitError('snapshot-missing', `The snapshot ${oid} is not in ${cwd}.`, { next: ['gantry undo list'] });
}

export async function readStoredFact(
  { oid }: { oid: string },
  target: Target,
  context: Context,
): Promise<'kept' | 'gone'> {
  const cwd = placeOf(target);
  const refs = await readRefMap(context, cwd, 'refs/gantry/');
  return [...refs.values()].includes(oid) ? 'kept' : 'gone';
}

/** Bytes that are held in memory at a time. */
const BATCH_BYTES = 16 * 1024 * 1024;

export interface StoredFile {
  /** In the snapshot's tree. */
  name: string;
  /** In bytes, as far as it is known. */
  size: number;
}

/** Contents by batches that fit into memory; larger ones come alone and are left to `copyLarge`. */
export async function* readStored(
  context: Context,
  { cwd, oid }: { cwd: string; oid: string },
  files: readonly StoredFile[],
): AsyncGenerator<Map<string, Buffer>> {
  for (const batch of batches(files)) {
    const { stdout } = await git(context, {
      cwd,
      mode: 'read',
      encoding: 'latin1',
      args: ['cat-file', '--batch=%(objectsize)'],
      input: batch.map(({ name }) => `${oid}:${name}\n`).join(''),
    });
    yield parseBatch(
      stdout,
      batch.map(({ name }) => name),
    );
  }
}

/** Too large to be held in memory: goes from git right into a file. */
export function isLarge({ size }: StoredFile): boolean {
  return size > BATCH_BYTES;
}

function batches(files: readonly StoredFile[]): StoredFile[][] {
  const all: StoredFile[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const file of files) {
    if (bytes + file.size > BATCH_BYTES) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)?.push(file);
    bytes += file.size;
  }
  return all;
}

/** `<size>\n<contents>\n` per object, in the order in which they were asked for. */
function parseBatch(output: string, names: string[]): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  let at = 0;
  for (const name of names) {
    const start = output.indexOf('\n', at) + 1;
    const end = start + Number(output.slice(at, start - 1));
    contents.set(name, Buffer.from(output.slice(start, end), 'latin1'));
    at = end + 1;
  }
  return contents;
}
