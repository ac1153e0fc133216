import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type BytePath, below, parentOf, splitNul } from './bytes.ts';
import { git } from './run.ts';
import { readStored } from './snapshot-read.ts';
import { keptFiles, type SnapshotState } from './snapshot-state.ts';
import { namesIn } from './tree-names.ts';

interface Snapshot {
  /** Absolute path of the worktree. */
  cwd: string;
  /** The git directory of this worktree. */
  own: string;
  /** The snapshot's commit. */
  oid: string;
  state: SnapshotState;
}

/** Which of the paths git would ignore by the rules of a snapshot, which need not be those of the worktree as it is. */
export async function ignoredBySnapshot(
  context: Context,
  snapshot: Snapshot,
  paths: readonly BytePath[],
): Promise<Set<BytePath>> {
  if (paths.length === 0) return new Set();
  const scratch = await mkdtemp(join(context.env.TMPDIR ?? '/tmp', 'gantry-rules-'));
  try {
    const rules = { ...snapshot, scratch };
    await writeTrackedRules(context, rules);
    await writeKeptRules(context, rules);
    const { stdout } = await git(context, {
      cwd: scratch,
      mode: 'read',
      encoding: 'latin1',
      args: [...withWorktree(rules), 'check-ignore', '--no-index', '-z', '--stdin'],
      input: nulled(paths),
      answers: [0, 1],
    });
    return new Set(splitNul(stdout));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Rules extends Snapshot {
  /** A worktree of rules alone. */
  scratch: string;
}

async function writeTrackedRules(context: Context, rules: Rules): Promise<void> {
  const { cwd, scratch, state } = rules;
  if (state.staged === null) return;
  const tracked = (await namesIn(context, cwd, state.staged)).filter(isRules);
  if (tracked.length === 0) return;
  const call = { cwd: scratch, mode: 'read', env: { GIT_INDEX_FILE: join(scratch, '.index') } } as const;
  await git(context, { ...call, args: [...withWorktree(rules), 'read-tree', state.staged] });
  await git(context, {
    ...call,
    args: [...withWorktree(rules), 'checkout-index', '-z', '--stdin'],
    input: nulled(tracked),
  });
}

/** Rules that were not as the index had them. */
async function writeKeptRules(context: Context, { cwd, oid, state, scratch }: Rules): Promise<void> {
  const kept = keptFiles(state).filter(({ path }) => isRules(path));
  for (const { path } of kept) await rm(below(scratch, path), { force: true });
  const files = kept.filter(({ kind }) => kind === 'file');
  for await (const batch of readStored(context, { cwd, oid }, files)) {
    for (const { path, name } of files) {
      const contents = batch.get(name);
      if (!contents) continue;
      await mkdir(below(scratch, parentOf(path)), { recursive: true });
      await writeFile(below(scratch, path), contents);
    }
  }
}

function isRules(path: BytePath): boolean {
  return path === '.gitignore' || path.endsWith('/.gitignore');
}

function withWorktree({ own, scratch }: Rules): string[] {
  return [`--git-dir=${own}`, `--work-tree=${scratch}`];
}

function nulled(paths: readonly BytePath[]): Buffer {
  return Buffer.from(paths.map((path) => `${path}\0`).join(''), 'latin1');
}
