import { lstat, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type BytePath, below } from './bytes.ts';
import { readChanges } from './changes.ts';
import { type GitDirectories, gitDirectories } from './directory.ts';
import { gitError } from './errors.ts';
import { type Content, importStream, Shrunk } from './fast-import.ts';
import { headRef, resolveCommit } from './observe.ts';
import { git } from './run.ts';
import { copyIndex } from './snapshot-index.ts';
import type { KeptFile, SnapshotState } from './snapshot-state.ts';
import { type Survey, survey, unkeepable } from './survey.ts';

export interface SnapshotRequest {
  /** Absolute path of the worktree. */
  cwd: string;
  /** A ref that does not exist yet, the same in the repository and in its submodules. */
  ref: string;
  ignored: boolean;
  /** Files of this worktree that are kept although they are ignored. */
  also: readonly BytePath[];
  restoring: string | null;
  /** Name of the target in the command log. */
  target: string;
}

export interface Snapshot {
  oid: string;
  state: SnapshotState;
}

/**
 * Keeps HEAD, index and working tree of a worktree as one commit at a ref, submodules first, and touches none of them.
 * The ref appears last: where it is, the snapshot is whole.
 */
export async function takeSnapshot(context: Context, request: SnapshotRequest): Promise<Snapshot> {
  const { cwd } = request;
  const directories = gitDirectories(cwd);
  if (!directories) throw gitError('not-a-repo', `${cwd} is no git repository.`);
  const found = await survey(context, { ...request, directories });
  if (found.lost.length > 0) throw unkeepable(cwd, found.lost.join('; '));
  const submodules = await takeSubmodules(context, request, found);
  const state = await describeState(context, request, found, submodules);
  const oid = await write(context, request, { directories, found, state });
  return { oid, state };
}

async function takeSubmodules(
  context: Context,
  request: SnapshotRequest,
  { submodules }: Survey,
): Promise<SnapshotState['submodules']> {
  const taken: SnapshotState['submodules'] = [];
  for (const path of submodules) {
    const { oid } = await takeSnapshot(context, { ...request, cwd: join(request.cwd, path), also: [] });
    taken.push({ path, oid });
  }
  return taken;
}

async function describeState(
  context: Context,
  { cwd, ignored, restoring }: SnapshotRequest,
  found: Survey,
  submodules: SnapshotState['submodules'],
): Promise<SnapshotState> {
  const [ref, oid, changes, files] = await Promise.all([
    headRef(context, cwd),
    resolveCommit(context, cwd, 'HEAD'),
    readChanges({}, { kind: 'repo', name: cwd, path: cwd }, context),
    Promise.all(found.files.map((path) => describeFile(cwd, path))),
  ]);
  return {
    version: 1,
    at: context.now(),
    head: { ref: ref ?? null, oid: oid ?? null },
    staged: null,
    changes,
    files,
    ignored,
    directories: found.directories,
    operation: found.operation,
    submodules,
    restoring,
  };
}

async function describeFile(cwd: string, path: BytePath): Promise<KeptFile> {
  const info = await lstat(below(cwd, path)).catch(() => undefined);
  const kind = info?.isSymbolicLink() ? 'link' : info?.isFile() ? 'file' : 'absent';
  return kind === 'absent' || !info
    ? { path, kind: 'absent', mode: 0, size: 0 }
    : { path, kind, mode: info.mode & 0o777, size: info.size };
}

interface Parts {
  directories: GitDirectories;
  found: Survey;
  state: SnapshotState;
}

async function write(context: Context, request: SnapshotRequest, parts: Parts): Promise<string> {
  const { cwd, ref, target } = request;
  const scratch = await mkdtemp(join(context.env.TMPDIR ?? '/tmp', 'gantry-snapshot-'));
  try {
    const index = await copyIndex(
      context,
      { cwd, own: parts.directories.own, copy: join(scratch, 'index') },
      parts.found.entries,
    );
    const operation = await readOperation(context, cwd, parts);
    const state: SnapshotState = { ...parts.state, staged: index.tree };
    const { head } = state;
    const input = guarded(
      importStream({
        ref,
        at: Math.floor(state.at / 1000),
        message: `Snapshot of ${head.ref ?? head.oid ?? 'nothing'} by Gantry\n`,
        parents: [...new Set([...(head.oid ? [head.oid] : []), ...operation.commits])],
        contents: [
          { name: 'state.json', bytes: Buffer.from(JSON.stringify(state)) },
          ...index.contents,
          ...operation.contents,
          ...state.files.flatMap((file, number) => contentOf(cwd, file, number)),
        ],
      }),
    );
    const written = git(context, {
      cwd,
      mode: 'write',
      target,
      args: ['fast-import', '--quiet', '--done'],
      input: input.stream,
    });
    await written.catch((thrown: unknown) => {
      throw input.failure() ? unkeepable(cwd, (input.failure() as Error).message) : thrown;
    });
    return (await resolveCommit(context, cwd, ref)) as string;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Ends the stream early where its source fails, so that git sees no `done` and makes no commit. */
function guarded(source: AsyncIterable<Uint8Array>) {
  let failure: Error | undefined;
  async function* stream() {
    try {
      yield* source;
    } catch (thrown) {
      failure = thrown instanceof Shrunk || thrown instanceof Error ? thrown : new Error(String(thrown));
    }
  }
  return { stream: stream(), failure: () => failure };
}

function contentOf(cwd: string, { path, kind, size }: KeptFile, number: number): Content[] {
  const name = `files/${number}`;
  if (kind === 'absent') return [];
  return [kind === 'link' ? { name, link: below(cwd, path) } : { name, file: below(cwd, path), size }];
}

/** The files of an operation in progress, and the commits and trees that they name, so that none is collected. */
async function readOperation(context: Context, cwd: string, { directories, state }: Parts) {
  const files = await Promise.all(state.operation.map((path) => readFile(join(directories.own, path))));
  const named = new Set(
    files.flatMap((bytes) => bytes.toString('latin1').match(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/gm) ?? []),
  );
  const types = await typesOf(context, cwd, [...named]);
  return {
    commits: types.filter(([, type]) => type === 'commit').map(([oid]) => oid),
    contents: [
      ...files.map((bytes, number): Content => ({ name: `git/${number}`, bytes })),
      ...types
        .filter(([, type]) => type === 'tree')
        .map(([tree]): Content => ({ name: `trees/${tree}`, tree })),
    ],
  };
}

async function typesOf(context: Context, cwd: string, oids: string[]): Promise<[string, string][]> {
  if (oids.length === 0) return [];
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: ['cat-file', '--batch-check=%(objectname) %(objecttype)'],
    input: `${oids.join('\n')}\n`,
  });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' ') as [string, string]);
}
