import { chmod, copyFile, lstat, mkdir, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { type BytePath, below, pathBytes } from './bytes.ts';
import { changesOf, listUntracked } from './changes.ts';
import { gitDirectories } from './directory.ts';
import { gitError } from './errors.ts';
import { writeIndex } from './index-file.ts';
import { headRef } from './observe.ts';
import { operationEntries } from './operation-files.ts';
import { deleteUntracked, removeFile } from './restore-delete.ts';
import { git } from './run.ts';
import { isLarge, readSnapshot, readStored } from './snapshot-read.ts';
import { type KeptFile, keptFiles, type SnapshotState } from './snapshot-state.ts';

export interface RestoreRequest {
  /** Absolute path of the worktree. */
  cwd: string;
  /** The snapshot's commit. */
  oid: string;
  /** Name of the target in the command log. */
  target: string;
}

interface Restore extends RestoreRequest {
  context: Context;
  state: SnapshotState;
  /** The git directory of this worktree. */
  own: string;
}

/**
 * Makes HEAD, index, working tree and operation in progress what a snapshot keeps, submodules included. Every part can be
 * repeated: after a crash the whole is done again. Refuses nothing: whoever calls has checked that nothing is lost.
 * Resolves with whether files stay that were ignored until now and by the snapshot's rules are not.
 */
export async function restoreSnapshot(context: Context, request: RestoreRequest): Promise<boolean> {
  const { cwd, oid, target } = request;
  const own = gitDirectories(cwd)?.own;
  if (!own) throw gitError('not-a-repo', `${cwd} is no git repository.`);
  const restore: Restore = { ...request, context, own, state: await readSnapshot(context, cwd, oid) };
  for (const entry of await operationEntries(own))
    await rm(join(own, entry), { recursive: true, force: true });
  await restoreHead(restore);
  await deleteUntracked(restore);
  await checkOutIndex(restore);
  await restoreFiles(restore);
  await restoreIndex(restore);
  await restoreOperation(restore);
  let stays = false;
  for (const { path, oid: kept } of restore.state.submodules) {
    stays = (await restoreSnapshot(context, { cwd: join(cwd, path), oid: kept, target })) || stays;
  }
  // A repository shows what stays in a submodule as a change of it, and the submodule is verified by itself.
  return stays || verify(restore);
}

async function restoreHead({ context, cwd, target, state: { head } }: Restore): Promise<void> {
  const run = (...args: string[]) => git(context, { cwd, mode: 'write', target, args });
  const reason = ['-m', 'gantry: restore'];
  if (head.ref === null) {
    await run('update-ref', ...reason, '--no-deref', 'HEAD', head.oid as string);
    return;
  }
  if ((await headRef(context, cwd)) !== head.ref) await run('symbolic-ref', ...reason, 'HEAD', head.ref);
  if (head.oid === null) await run('update-ref', ...reason, '-d', head.ref);
  else await run('update-ref', ...reason, head.ref, head.oid);
}

/** All tracked files as the index had them; those that differed from it follow. */
async function checkOutIndex({ context, cwd, target, state }: Restore): Promise<void> {
  if (state.staged === null) return;
  await git(context, {
    cwd,
    mode: 'write',
    target,
    args: ['read-tree', '--reset', '-u', '--no-recurse-submodules', state.staged],
  });
}

async function restoreFiles(restore: Restore): Promise<void> {
  const { context, cwd, oid, state } = restore;
  const files = keptFiles(state);
  for (const { path } of files) await removeFile(cwd, path);
  for (const path of state.directories) await makeParents(cwd, `${path}/.`);
  const present = files.filter(({ kind }) => kind !== 'absent');
  for await (const batch of readStored(
    context,
    { cwd, oid },
    present.filter((file) => !isLarge(file)),
  )) {
    for (const file of present) {
      const contents = batch.get(file.name);
      if (contents) await writeKept(cwd, file, contents);
    }
  }
  for (const file of present.filter(isLarge)) await copyLarge(restore, file);
}

async function writeKept(cwd: string, { path, kind, mode }: KeptFile, contents: Buffer): Promise<void> {
  await makeParents(cwd, path);
  const place = below(cwd, path);
  await rmdir(place).catch(() => {});
  if (kind === 'link') {
    await symlink(contents, place);
    return;
  }
  await writeFile(place, contents, { flag: 'wx', mode: 0o600 });
  await chmod(place, mode);
}

async function copyLarge(
  { context, cwd, oid, own }: Restore,
  file: KeptFile & { name: string },
): Promise<void> {
  const output = join(own, 'gantry-restore');
  await git(context, { cwd, mode: 'read', args: ['cat-file', 'blob', `${oid}:${file.name}`], output });
  await makeParents(cwd, file.path);
  await copyFile(output, below(cwd, file.path));
  await chmod(below(cwd, file.path), file.mode);
  await rm(output);
}

async function restoreIndex({ context, cwd, oid, own, state, target }: Restore): Promise<void> {
  if (state.staged === null) {
    await rm(join(own, 'index'), { force: true });
    return;
  }
  for await (const batch of readStored(context, { cwd, oid }, [{ name: 'index', size: 0 }])) {
    await writeIndex(context, { cwd, own, target }, batch.get('index') as Buffer);
  }
}

async function restoreOperation({ context, cwd, oid, own, state }: Restore): Promise<void> {
  const files = state.operation.map((path, number) => ({ path, name: `git/${number}`, size: 0 }));
  for await (const batch of readStored(context, { cwd, oid }, files)) {
    for (const { path, name } of files) {
      const contents = batch.get(name);
      if (!contents) continue;
      await mkdir(dirname(join(own, path)), { recursive: true });
      await writeFile(join(own, path), contents);
    }
  }
}

async function verify({ context, cwd, state, oid }: Restore): Promise<boolean> {
  const kept = new Set(state.files.map(({ path }) => path));
  const stays = new Set(await listUntracked(context, cwd, { ignored: false })).difference(kept);
  const changes = await changesOf(context, cwd, stays);
  if (changes === state.changes) return stays.size > 0;
  throw gitError('restore-differs', `${cwd} is not as the snapshot ${oid} has it.`, {
    next: [`git -C ${quote(cwd)} status`, `git -C ${quote(cwd)} show ${oid}:state.json`],
  });
}

/** Makes the directories above a path; a file or link that stands where one has to be goes. */
async function makeParents(cwd: string, path: BytePath): Promise<void> {
  const names = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= names.length; depth += 1) {
    const place = pathBytes(Buffer.from(cwd), '/', names.slice(0, depth).join('/'));
    const info = await lstat(place).catch(() => undefined);
    if (info?.isDirectory()) continue;
    if (info) await rm(place);
    await mkdir(place);
  }
}
