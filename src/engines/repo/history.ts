import type { Context } from '#engines/core/context.ts';
import { readBranches } from '#engines/git/branches.ts';
import { type DiffRange, readFileDiffs, readPatch } from '#engines/git/diff.ts';
import { readLog } from '#engines/git/log.ts';
import { requireCommit } from '#engines/git/names.ts';
import { resolveCommit } from '#engines/git/observe.ts';
import { git } from '#engines/git/run.ts';
import { requirePresent } from './present.ts';
import type { Branch, Commit, Diff } from './types.ts';

/** Characters of a patch that are given; whoever wants more asks git. */
export const LONGEST_PATCH = 1_000_000;

interface LogInput {
  repo: string;
  paths: string[];
  limit: number;
  from?: string;
}

export async function readRepoLog(
  { repo, paths, limit, from }: LogInput,
  context: Context,
): Promise<{ commits: Commit[] }> {
  const { path } = await requirePresent(context, repo);
  const start =
    from === undefined
      ? await resolveCommit(context, path, 'HEAD')
      : await requireCommit(context, path, from);
  if (!start) return { commits: [] };
  return { commits: await readLog(context, path, { from: [start], limit, paths }) };
}

export async function readRepoBranches(
  { repo, remote }: { repo: string; remote: boolean },
  context: Context,
): Promise<{ branches: Branch[] }> {
  const { path } = await requirePresent(context, repo);
  return { branches: await readBranches(context, path, { remote }) };
}

export interface DiffInput {
  paths: string[];
  staged: boolean;
  from?: string;
  to?: string;
}

export async function readRepoDiff(
  { repo, ...input }: DiffInput & { repo: string },
  context: Context,
): Promise<Diff> {
  const { path } = await requirePresent(context, repo);
  return diffAt(path, input, context);
}

/** In one working tree, be it the repo's own or a linked one. */
export async function diffAt(path: string, input: DiffInput, context: Context): Promise<Diff> {
  const range = await rangeOf(context, path, input);
  const [files, patch] = await Promise.all([
    readFileDiffs(context, path, range),
    readPatch(context, path, range),
  ]);
  return { files, text: patch.slice(0, LONGEST_PATCH), truncated: patch.length > LONGEST_PATCH };
}

/** Everything since HEAD unless told; before the first commit everything since nothing. */
async function rangeOf(context: Context, cwd: string, input: DiffInput): Promise<DiffRange> {
  const { paths, staged } = input;
  const commit = (revision?: string) => revision && requireCommit(context, cwd, revision);
  const [from, to] = await Promise.all([commit(input.from), commit(input.to)]);
  const base = from || (await resolveCommit(context, cwd, 'HEAD')) || (await emptyTree(context, cwd));
  return { from: base, to: to || undefined, staged, paths };
}

async function emptyTree(context: Context, cwd: string): Promise<string> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: ['hash-object', '-t', 'tree', '--stdin'],
    input: '',
  });
  return stdout.trim();
}
