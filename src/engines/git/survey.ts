import { existsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { type BytePath, below, decodePath, parentOf, splitNul } from './bytes.ts';
import { listChanges } from './changes.ts';
import { type GitDirectories, gitDirectories } from './directory.ts';
import { gitError } from './errors.ts';
import { GITLINK, type IndexEntry, readIndex } from './index-entries.ts';
import { operationFiles } from './operation-files.ts';
import { git } from './run.ts';

/** Everything that a snapshot has to keep beside commits and index. */
export interface Survey {
  entries: IndexEntry[];
  /** Paths whose contents are not what a checkout of the index would give. */
  files: BytePath[];
  directories: BytePath[];
  operation: string[];
  /** Checked-out submodules, relative to the worktree. */
  submodules: string[];
  /** What can't be kept, in words; empty where all can. */
  lost: string[];
}

export interface SurveyOptions {
  /** Absolute. */
  cwd: string;
  directories: GitDirectories;
  /** Ignored files are kept too. */
  ignored: boolean;
  /** Files that are kept although they are ignored. */
  also: readonly BytePath[];
}

export async function survey(context: Context, options: SurveyOptions): Promise<Survey> {
  const { cwd, directories, ignored } = options;
  const entries = await readIndex(context, cwd);
  const [changed, converted, ignoredFiles, empty] = await Promise.all([
    changedFiles(context, cwd),
    convertedFiles(context, options, entries),
    ignored ? otherFiles(context, cwd, ['--ignored', '--exclude-standard']) : [],
    emptyDirectories(context, cwd, ignored),
  ]);
  const gitlinks = new Set(entries.filter(({ mode }) => mode === GITLINK).map(({ path }) => path));
  const overlooked = entries.filter((entry) => entry.overlooked && entry.stage === 0).map(({ path }) => path);
  const files = new Set([...changed, ...converted, ...ignoredFiles, ...overlooked, ...options.also]);
  const kept = await keepable(
    cwd,
    [...files].filter((path) => !gitlinks.has(path) && !path.endsWith('/')),
  );
  const submodules = [...gitlinks].flatMap((path) => decodePath(path) ?? []);
  return {
    entries,
    files: kept.files,
    directories: empty,
    operation: await operationFiles(directories.own),
    submodules: submodules.filter((path) => existsSync(join(cwd, path, '.git'))),
    lost: kept.lost,
  };
}

/** Throws where a snapshot could not keep everything that is there. */
export async function requireKeepable(context: Context, cwd: string, ignored = false): Promise<void> {
  const directories = gitDirectories(cwd);
  if (!directories) return;
  const { lost, submodules } = await survey(context, { cwd, directories, ignored, also: [] });
  if (lost.length > 0) throw unkeepable(cwd, lost.join('; '));
  for (const path of submodules) await requireKeepable(context, join(cwd, path), ignored);
}

export function unkeepable(cwd: string, why: string) {
  return gitError('snapshot-impossible', `${cwd}: ${why}.`, { next: [`git -C ${quote(cwd)} status`] });
}

async function changedFiles(context: Context, cwd: string): Promise<BytePath[]> {
  const changes = await listChanges(context, cwd);
  return changes.filter(({ worktree }) => worktree !== '.').map(({ path }) => path);
}

/** Files that a checkout would write with other line endings than they have, which git counts as no change. */
async function convertedFiles(
  context: Context,
  { cwd, directories }: SurveyOptions,
  entries: IndexEntry[],
): Promise<BytePath[]> {
  const settings = await conversionSettings(context, cwd);
  const hasAttributes =
    existsSync(join(directories.common, 'info', 'attributes')) ||
    entries.some(({ path }) => path === '.gitattributes' || path.endsWith('/.gitattributes'));
  if (settings === '' && !hasAttributes) return [];
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    args: ['ls-files', '-z', '--eol'],
  });
  const writesCrlf = /^core\.autocrlf true$|^core\.eol crlf$/m.test(settings);
  return splitNul(stdout).flatMap((line) => {
    const tab = line.indexOf('\t');
    const [, inIndex, inWorktree, attributes = ''] =
      /^i\/(\S*) +w\/(\S*) +attr\/(.*)$/.exec(line.slice(0, tab)) ?? [];
    const differs =
      inIndex !== inWorktree || (inWorktree === 'lf' && (writesCrlf || attributes.includes('crlf')));
    return inWorktree && differs ? [line.slice(tab + 1)] : [];
  });
}

async function conversionSettings(context: Context, cwd: string): Promise<string> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    args: ['config', '--get-regexp', '^core\\.(autocrlf|eol|attributesfile)$'],
    answers: [0, 1],
  });
  return stdout;
}

function otherFiles(context: Context, cwd: string, options: string[]): Promise<BytePath[]> {
  return listFiles(context, cwd, ['--others', ...options]);
}

async function listFiles(context: Context, cwd: string, options: string[]): Promise<BytePath[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'background',
    encoding: 'latin1',
    args: ['ls-files', '-z', ...options],
  });
  return splitNul(stdout);
}

/** git knows no empty directories: a clean or a checkout deletes them all the same. */
export async function emptyDirectories(context: Context, cwd: string, ignored: boolean): Promise<BytePath[]> {
  const [others, deleted] = await Promise.all([
    otherFiles(context, cwd, ['--directory', ...(ignored ? [] : ['--exclude-standard'])]),
    listFiles(context, cwd, ['--deleted']),
  ]);
  const untracked = others.filter((path) => path.endsWith('/')).map((path) => path.slice(0, -1));
  const found = await Promise.all([
    ...untracked.map((path) => emptyBelow(cwd, path)),
    ...[...new Set(deleted.map(parentOf))].map((path) => emptyAbove(cwd, path)),
  ]);
  return [...new Set(found.flat())];
}

/** A directory whose tracked files are gone, or the nearest one above it that is still there. */
async function emptyAbove(cwd: string, path: BytePath): Promise<BytePath[]> {
  if (path === '') return [];
  const entries = await readdir(below(cwd, path)).catch(() => undefined);
  if (entries === undefined) return emptyAbove(cwd, parentOf(path));
  return entries.length === 0 ? [path] : [];
}

async function emptyBelow(cwd: string, path: BytePath): Promise<BytePath[]> {
  const entries = await readdir(below(cwd, path), { withFileTypes: true, encoding: 'buffer' });
  if (entries.length === 0) return [path];
  const names = entries.map((entry) => ({ entry, name: entry.name.toString('latin1') }));
  if (names.some(({ name }) => name === '.git')) return [];
  const directories = names.filter(({ entry }) => entry.isDirectory());
  const found = await Promise.all(directories.map(({ name }) => emptyBelow(cwd, `${path}/${name}`)));
  return found.flat();
}

/** Sorts out what has no contents that could be kept. */
async function keepable(cwd: string, paths: BytePath[]): Promise<{ files: BytePath[]; lost: string[] }> {
  const files: BytePath[] = [];
  const lost: string[] = [];
  for (const path of paths.toSorted()) {
    const info = await lstat(below(cwd, path)).catch(() => undefined);
    if (!info || info.isFile() || info.isSymbolicLink()) files.push(path);
    else if (!info.isDirectory()) lost.push(`${decodePath(path) ?? path} is a socket, pipe or device`);
    else files.push(path);
  }
  return { files, lost };
}
