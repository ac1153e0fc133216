import type { Context } from '#engines/core/context.ts';
import { git } from './run.ts';

export interface DiffRange {
  /** Older side; the index unless told. */
  from?: string;
  /** Newer side; the working tree unless told. */
  to?: string;
  /** What is staged, against `from` or HEAD. */
  staged?: boolean;
  paths?: readonly string[];
}

export interface FileDiff {
  path: string;
  /** Where it was before, of a rename or copy. */
  from?: string;
  /** git's letter: A added, C copied, D deleted, M modified, R renamed, T type changed, U unmerged. */
  change: string;
  /** Lines; null of a binary file. */
  added: number | null;
  deleted: number | null;
}

/** Neither a diff program nor a converter that the repository's settings name is run. */
const PLAIN = ['--no-ext-diff', '--no-textconv', '--no-color'];

export function diffArgs(range: DiffRange, ...options: string[]): string[] {
  const sides = [range.from, range.to].filter((side) => side !== undefined);
  return [
    '--literal-pathspecs',
    'diff',
    ...PLAIN,
    ...options,
    ...(range.staged ? ['--cached'] : []),
    '--end-of-options',
    ...sides,
    '--',
    ...(range.paths ?? []),
  ];
}

/** The files that differ, with counts of lines. */
export async function readFileDiffs(context: Context, cwd: string, range: DiffRange): Promise<FileDiff[]> {
  const read = async (...options: string[]) =>
    (await git(context, { cwd, mode: 'background', args: diffArgs(range, '-z', '-M', ...options) })).stdout;
  const [raw, counts] = await Promise.all([read('--raw', '--no-abbrev'), read('--numstat')]);
  return joinDiffs(parseRaw(raw), parseNumstat(counts));
}

/** The patch as git prints it. */
export async function readPatch(context: Context, cwd: string, range: DiffRange): Promise<string> {
  const { stdout } = await git(context, { cwd, mode: 'background', args: diffArgs(range, '--patch', '-M') });
  return stdout;
}

/** `:100644 100644 <oid> <oid> M\0path\0`, two paths after a rename or copy. */
export function parseRaw(output: string): Pick<FileDiff, 'path' | 'from' | 'change'>[] {
  const files: Pick<FileDiff, 'path' | 'from' | 'change'>[] = [];
  const parts = output.split('\0');
  for (let at = 0; parts[at]?.startsWith(':'); ) {
    const change = (parts[at] as string).split(' ')[4]?.[0] ?? 'M';
    const moved = change === 'R' || change === 'C';
    const [first = '', second = ''] = parts.slice(at + 1);
    files.push(moved ? { path: second, from: first, change } : { path: first, change });
    at += moved ? 3 : 2;
  }
  return files;
}

/** `added\tdeleted\tpath\0`, and of a rename `added\tdeleted\t\0from\0path\0`. */
export function parseNumstat(output: string): Pick<FileDiff, 'path' | 'added' | 'deleted'>[] {
  const files: Pick<FileDiff, 'path' | 'added' | 'deleted'>[] = [];
  const parts = output.split('\0');
  for (let at = 0; parts[at]; ) {
    const [added = '', deleted = '', ...rest] = (parts[at] as string).split('\t');
    const named = rest.join('\t');
    const path = named === '' ? (parts[at + 2] ?? '') : named;
    files.push({ path, added: lines(added), deleted: lines(deleted) });
    at += named === '' ? 3 : 1;
  }
  return files;
}

function lines(count: string): number | null {
  return count === '-' ? null : Number(count);
}

function joinDiffs(
  files: Pick<FileDiff, 'path' | 'from' | 'change'>[],
  counts: Pick<FileDiff, 'path' | 'added' | 'deleted'>[],
): FileDiff[] {
  const byPath = new Map(counts.map((one) => [one.path, one]));
  return files.map((file) => {
    const { added = 0, deleted = 0 } = byPath.get(file.path) ?? {};
    return { ...file, added, deleted };
  });
}
