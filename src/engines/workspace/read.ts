import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { workspaceError } from './errors.ts';
import { MANIFESTS, type ManifestFile, manifestBelow } from './find.ts';
import { workspaceOf } from './manifest.ts';
import type { Workspace, WorkspaceRepo } from './types.ts';

type Place = Pick<Context, 'cwd' | 'workspace' | 'manifest'>;

/** The workspace of the context, as its manifest says now. */
export async function readWorkspace(context: Place): Promise<Workspace> {
  const { workspace: root, manifest } = context;
  if (root !== undefined && manifest !== undefined) {
    return workspaceOf({ text: manifest, file: join(root, MANIFESTS[0]), root });
  }
  const file = await requireManifest(context);
  return workspaceOf({ text: readText(file), file, root: rootOf(file) });
}

/** The manifest's file, whatever is in it. */
export async function requireManifest({ workspace, cwd }: Place): Promise<string> {
  const file = workspace && manifestBelow(workspace);
  if (file) return file;
  throw missing(workspace ?? cwd);
}

export function rootOf(manifest: string): string {
  return dirname(dirname(manifest));
}

/** The repos of those names in the manifest's order; all where no name is given. */
export function selectRepos({ repos }: Workspace, names: readonly string[]): WorkspaceRepo[] {
  const known = repos.map((repo) => repo.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw unknownRepo(unknown, known);
  return names.length === 0 ? repos : repos.filter((repo) => names.includes(repo.name));
}

/** The manifest of exactly this directory, or where a new one is written. */
export async function manifestFileAt(
  root: string,
  fresh: ManifestFile = MANIFESTS[0],
): Promise<{ file: string; text: string | null }> {
  const file = manifestBelow(root) ?? join(root, fresh);
  return { file, text: await textOrAbsent(file) };
}

/** Null where there is no such file. */
export async function textOrAbsent(file: string): Promise<string | null> {
  return existsSync(file) ? readText(file) : null;
}

/** Without a wait: what Node needs to wait for a file takes 2 ms to load, and a status reads no other. */
function readText(file: string): string {
  const bytes = readBytes(file);
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw unreadable(file, 'it is not UTF-8 text');
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    throw unreadable(file, (thrown as Error).message, thrown);
  }
}

function unreadable(file: string, reason: string, cause?: unknown): GantryError {
  return workspaceError('manifest-unreadable', `The manifest ${file} could not be read: ${reason}.`, {
    next: [`ls -l ${quote(file)}`],
    cause,
  });
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
