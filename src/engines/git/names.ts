import type { Context } from '#engines/core/context.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { gitError } from './errors.ts';
import { resolveCommit } from './observe.ts';
import { readRefMap } from './refs.ts';
import { git } from './run.ts';

/** Throws where git's own rules do not allow a branch of this name. */
export async function requireBranchName(context: Context, cwd: string, name: string): Promise<void> {
  if (await isRefName(context, cwd, 'refs/heads/', name)) return;
  throw gitError('ref-invalid', `${JSON.stringify(name)} can't be the name of a branch.`, {
    next: ['git help check-ref-format'],
  });
}

/** The same for a tag. */
export async function requireTagName(context: Context, cwd: string, name: string): Promise<void> {
  if (await isRefName(context, cwd, 'refs/tags/', name)) return;
  throw gitError('ref-invalid', `${JSON.stringify(name)} can't be the name of a tag.`, {
    next: ['git help check-ref-format'],
  });
}

/** git keeps names as paths: `a` and `a/b` can't both be. The name that another can't stand beside; nothing where it can. */
export function rivalOf(name: string, others: Iterable<string>): string | undefined {
  return [...others].find((one) => one.startsWith(`${name}/`) || name.startsWith(`${one}/`));
}

/** No argument can have a NUL, so that git can't be asked about one. */
async function isRefName(
  context: Context,
  cwd: string,
  kind: 'refs/heads/' | 'refs/tags/',
  name: string,
): Promise<boolean> {
  if (name.startsWith('-') || name.includes('\0')) return false;
  const { exitCode } = await git(context, {
    cwd,
    mode: 'read',
    args: ['check-ref-format', `${kind}${name}`],
    answers: [0, 1],
  });
  return exitCode === 0;
}

/** Object id of the commit that a branch, tag or other revision stands for; where there is none, the nearest name helps. */
export async function requireCommit(context: Context, cwd: string, revision: string): Promise<string> {
  const oid = await resolveCommit(context, cwd, revision);
  if (oid) return oid;
  const refs = await readRefMap(context, cwd, 'refs/heads', 'refs/remotes', 'refs/tags');
  const names = [...refs.keys()].map((ref) => ref.replace(/^refs\/(heads|remotes|tags)\//, ''));
  const close = nearest(revision, names);
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  throw gitError('ref-unknown', `There is no branch, tag or commit ${JSON.stringify(revision)}.${hint}`, {
    next: [`git -C ${quote(cwd)} branch --all`],
    details: { name: revision, ...(close === undefined ? {} : { nearest: close }) },
  });
}
