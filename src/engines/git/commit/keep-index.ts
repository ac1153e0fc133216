import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { gitDirectories } from '../directory.ts';
import { gitError } from '../errors.ts';
import { readIndex } from '../index-entries.ts';
import { writeIndex } from '../index-file.ts';
import { keep, readKept } from '../kept.ts';
import { placeOf, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { copyIndex } from '../snapshot-index.ts';

/** Keeps the index as it is, byte for byte, with everything that it names. Resolves with the commit that keeps it. */
export async function keepIndex(
  context: Context,
  application: Pick<Application, 'activity' | 'step' | 'target'>,
): Promise<string> {
  const cwd = placeOf(application.target);
  const scratch = await mkdtemp(join(context.env.TMPDIR ?? '/tmp', 'gantry-index-'));
  try {
    const { tree, contents } = await copyIndex(
      context,
      { cwd, own: ownDirectory(cwd), copy: join(scratch, 'index') },
      await readIndex(context, cwd),
    );
    const index = contents.find(({ name }) => name === 'index');
    const tip = await commitOf(context, cwd, tree ?? (await emptyTree(context, cwd)));
    return await keep(context, application, {
      tip,
      files: index && 'bytes' in index ? { index: index.bytes } : {},
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Puts a kept index back; before the first file was staged there was none. */
export async function restoreIndex(context: Context, target: Target, kept: string): Promise<void> {
  const cwd = placeOf(target);
  const own = ownDirectory(cwd);
  const bytes = await readKept(context, cwd, { kept, name: 'index' });
  if (bytes) await writeIndex(context, { cwd, own, target: target.name }, bytes);
  else await rm(join(own, 'index'), { force: true });
}

/** A commit is what holds a tree for as long as it is kept. */
async function commitOf(context: Context, cwd: string, tree: string): Promise<string> {
  const head = await resolveCommit(context, cwd, 'HEAD');
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: ['commit-tree', '--no-gpg-sign', ...(head ? ['-p', head] : []), '-F', '-', tree],
    input: 'The index, kept by Gantry\n',
    env: KEEPER,
  });
  return stdout.trim();
}

/** Nobody's commit: it needs no name of a person, who may have configured none. */
const KEEPER = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'Gantry'],
    [`GIT_${role}_EMAIL`, 'gantry@localhost'],
  ]),
);

async function emptyTree(context: Context, cwd: string): Promise<string> {
  const { stdout } = await git(context, { cwd, mode: 'read', args: ['mktree'], input: '' });
  return stdout.trim();
}

function ownDirectory(cwd: string): string {
  const own = gitDirectories(cwd)?.own;
  if (own) return own;
  throw gitError('not-a-repo', `${cwd} is no git repository.`);
}
