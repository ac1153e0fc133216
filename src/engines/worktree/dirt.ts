import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { decodePath } from '#engines/git/bytes.ts';
import { listChanges, readChanges } from '#engines/git/changes.ts';
import { GITLINK, type IndexEntry, readIndex } from '#engines/git/index-entries.ts';
import { overlookedChanges } from '#engines/git/overlooked.ts';
import { counted } from '#engines/git/words.ts';
import { NO_RISK, readRiskFact } from '#engines/workspace/risk.ts';

/** What would be lost with a worktree, in words; nothing where nothing would. Its branches and stashes are the repo's. */
export async function dirtIn(context: Context, path: string): Promise<string | undefined> {
  const index = await readIndex(context, path);
  const found = await Promise.all([
    changesIn(context, path),
    overlookedIn(path, index),
    submodulesIn(context, path, index),
  ]);
  const words = found.flat();
  return words.length === 0 ? undefined : words.join(', ');
}

async function changesIn(context: Context, path: string): Promise<string[]> {
  if ((await readChanges({}, { kind: 'repo', name: path, path }, context)) === 'clean') return [];
  const files = await listChanges(context, path);
  const untracked = files.filter(({ kind }) => kind === 'untracked').length;
  const changed = files.length - untracked;
  if (files.length === 0) return ['changed submodules'];
  return [
    ...(changed > 0 ? [counted(changed, 'changed file')] : []),
    ...(untracked > 0 ? [counted(untracked, 'untracked file')] : []),
  ];
}

async function overlookedIn(path: string, index: readonly IndexEntry[]): Promise<string[]> {
  const { length } = await overlookedChanges(path, index);
  return length === 0
    ? []
    : [counted(length, 'change that git is told to overlook', 'changes that git is told to overlook')];
}

/** A submodule of a worktree has branches, stashes and commits of its own, which go with it. */
async function submodulesIn(context: Context, path: string, index: readonly IndexEntry[]): Promise<string[]> {
  const inside = index
    .filter(({ mode }) => mode === GITLINK)
    .flatMap((entry) => decodePath(entry.path) ?? [])
    .filter((inner) => existsSync(join(path, inner, '.git')));
  const risks = await Promise.all(
    inside.map(async (inner) => {
      const place = join(path, inner);
      const risk = await readRiskFact({ path: place }, { kind: 'repo', name: inner, path: place }, context);
      return risk === NO_RISK ? [] : [`${risk} in ${inner}`];
    }),
  );
  return risks.flat();
}
