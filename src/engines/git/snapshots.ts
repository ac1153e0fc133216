import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { ask } from './ask.ts';
import { readRefMap } from './refs.ts';
import { git } from './run.ts';
import { readSnapshot } from './snapshot-read.ts';

/** A snapshot that a repository keeps for an undo. */
export interface KeptSnapshot {
  /** `refs/gantry/<activity>/<step>/<number>` */
  ref: string;
  oid: string;
  activity: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Bytes on disk that nothing else in the repository needs; those of submodules are not counted. */
  size: number;
}

export const SNAPSHOT_REFS = 'refs/gantry/';

/** Snapshots, and commits that were kept when their last name went; oldest first. */
export async function listSnapshots(context: Context, cwd: string): Promise<KeptSnapshot[]> {
  const { stdout } = await ask(context, {
    cwd,
    args: ['for-each-ref', '--format=%(objectname) %(refname) %(committerdate:unix)', SNAPSHOT_REFS],
  });
  const refs = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' ') as [string, string, string]);
  const snapshots = await Promise.all(
    refs.map(async ([oid, ref, at]) => ({
      ref,
      oid,
      activity: ref.split('/')[2] ?? '',
      at: Number(at) * 1000,
      size: await sizeOf(context, cwd, oid),
    })),
  );
  return snapshots.toSorted((one, other) => one.at - other.at);
}

export interface Expiry {
  /** Milliseconds since the epoch: what was taken before goes. */
  before?: number;
  /** Bytes: the oldest go until no more than this is kept. */
  size?: number;
}

/** Those that expire of what is kept; the list has the oldest first. */
export function expired<K extends Pick<KeptSnapshot, 'at' | 'size'>>(
  list: readonly K[],
  { before = 0, size = Infinity }: Expiry,
): K[] {
  let kept = list.reduce((sum, one) => sum + one.size, 0);
  return list.filter((one) => {
    const goes = one.at < before || kept > size;
    if (goes) kept -= one.size;
    return goes;
  });
}

/** Deletes snapshots in the repository and in its submodules; refs that are gone or were moved stay as they are. */
export async function deleteSnapshots(
  context: Context,
  { cwd, target, refs }: { cwd: string; target: string; refs: readonly { ref: string; oid: string }[] },
): Promise<void> {
  for (const { ref, oid } of refs) {
    const present = (await readRefMap(context, cwd, ref)).get(ref);
    if (present !== oid) continue;
    for (const { path, oid: inner } of await submodulesOf(context, cwd, oid)) {
      const inside = join(cwd, path);
      if (!existsSync(join(inside, '.git'))) continue;
      await deleteSnapshots(context, { cwd: inside, target, refs: [{ ref, oid: inner }] });
    }
    await git(context, { cwd, mode: 'write', target, args: ['update-ref', '-d', ref, oid] });
  }
}

/** A kept commit has none. */
async function submodulesOf(context: Context, cwd: string, oid: string) {
  try {
    return (await readSnapshot(context, cwd, oid)).submodules;
  } catch (thrown) {
    if (failureOf(thrown).code === 'snapshot-missing') return [];
    throw thrown;
  }
}

async function sizeOf(context: Context, cwd: string, oid: string): Promise<number> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    args: ['rev-list', '--objects', '--disk-usage', oid, '--not', '--branches', '--remotes', '--tags', '--'],
  });
  return Number(stdout);
}
