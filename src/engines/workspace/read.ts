import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/git/failure.ts';
import { workspaceError } from './errors.ts';
import { workspaceOf } from './manifest.ts';
import type { Workspace, WorkspaceRepo } from './types.ts';

/** In the order in which they are looked for; a new manifest is written to the first. */
export const MANIFESTS = ['.gantry/workspace.toml', '.smctl/workspace.toml'] as const;

/** The workspace of the context, as its manifest says now. */
export async function readWorkspace(context: Context): Promise<Workspace> {
  const file = await requireManifest(context);
  return workspaceOf({ text: await readText(file), file, root: rootOf(file) });
}

/** The manifest's file, whatever is in it. */
export async function requireManifest({ workspace, cwd }: Context): Promise<string> {
  const file = workspace && (await manifestBelow(workspace));
  if (file) return file;
  throw missing(workspace ?? cwd);
}

function rootOf(manifest: string): string {
  return dirname(dirname(manifest));
}

/** The repos of those names in the manifest's order; all where no name is given. */
export function selectRepos({ repos }: Workspace, names: readonly string[]): WorkspaceRepo[] {
  const known = repos.map((repo) => repo.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownRepo(unknown, known);
  return names.length === 0 ? repos : repos.filter((repo) => names.includes(repo.name));
}

/** Root of the workspace at or above a directory. */
export async function findWorkspace(from: string): Promise<string | undefined> {
  for (let directory = from; ; directory = dirname(directory)) {
    if (await manifestBelow(directory)) return directory;
    if (directory === dirname(directory)) return undefined;
  }
}

/** The manifest of exactly this directory. */
async function manifestBelow(root: string): Promise<string | undefined> {
  for (const manifest of MANIFESTS) {
    const file = join(root, manifest);
    if (await isThere(file)) return file;
  }
  return undefined;
}

// A path that can't be looked at (no permission, a file on the way) is no workspace that anybody could use.
async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** The manifest of exactly this directory, or where a new one is written. */
export async function manifestFileAt(root: string): Promise<{ file: string; text: string | null }> {
  const file = (await manifestBelow(root)) ?? join(root, MANIFESTS[0]);
  return { file, text: await textOrAbsent(file) };
}

/** Null where there is no such file. */
export async function textOrAbsent(file: string): Promise<string | null> {
  return (await isThere(file)) ? readText(file) : null;
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (thrown) {
    const reason = thrown instanceof TypeError ? 'it is not UTF-8 text' : (thrown as Error).message;
    throw workspaceError('manifest-unreadable', `The manifest ${file} could not be read: ${reason}.`, {
      next: [`ls -l ${quote(file)}`],
      cause: thrown,
    });
  }
}

function missing(where: string): GantryError {
  return workspaceError('workspace-missing', `There is no workspace at ${where}.`, {
    next: ['gantry workspace adopt', 'gantry demo'],
  });
}

function unknownRepo(name: string, known: string[]): GantryError {
  const close = nearest(name, known);
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  return workspaceError(
    'repo-unknown',
    `There is no repo ${JSON.stringify(name)} in this workspace.${hint}`,
    {
      next: ['gantry workspace list'],
      details: { name, ...(close !== undefined && { nearest: close }) },
    },
  );
}
