import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import type * as z from 'zod/mini';
import type { GantryError } from '#engines/core/errors.ts';
import { inWords } from '#engines/core/issues.ts';
import { quote } from '#engines/core/shell.ts';
import { workspaceError } from './errors.ts';
import { type Manifest, manifestSchema } from './schema.ts';
import type { Workspace, WorkspaceRepo } from './types.ts';
import { absoluteUrl } from './url.ts';

interface Source {
  text: string;
  /** Absolute path of the file. */
  file: string;
  /** Directory that has the manifest's folder. */
  root: string;
}

/** What a manifest says, or the failure that names line and column. */
export async function workspaceOf({ text, file, root }: Source): Promise<Workspace> {
  const manifest = await manifestOf(text, file);
  const base = resolve(root, manifest.workspace.root);
  return {
    root,
    base,
    name: manifest.workspace.name,
    manifestPath: file,
    repos: manifest.repos.map((repo) => repoOf(repo, base)),
    manifest,
    text,
  };
}

export async function manifestOf(text: string, file: string): Promise<Manifest> {
  const result = manifestSchema.safeParse(parsed(text, file), { error: inWords });
  const problem = result.success ? firstTwin(result.data) : firstIssue(result.error);
  if (problem) throw await misplaced({ text, file, ...problem });
  return result.data as Manifest;
}

/** The data of a TOML text, dates and large numbers included. */
export function parseToml(text: string): Record<string, unknown> {
  return parse(text, { integersAsBigInt: 'asNeeded' });
}

/** Short hash of a manifest's text: what plans expect it to be. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function repoOf(repo: Manifest['repos'][number], base: string): WorkspaceRepo {
  const localPath = repo.path ?? repo.name;
  return {
    name: repo.name,
    url: repo.url ? absoluteUrl(repo.url, base) : undefined,
    path: resolve(base, localPath),
    localPath,
    defaultBranch: repo.default_branch,
    setup: repo.setup_cmd?.trim() || undefined,
  };
}

function parsed(text: string, file: string): unknown {
  try {
    return parseToml(text);
  } catch (thrown) {
    if (!(thrown instanceof TomlError)) throw thrown;
    const reason =
      thrown.message.split('\n', 1)[0]?.replace('Invalid TOML document: ', '') ?? 'it is no TOML';
    throw invalid({ file, line: thrown.line, column: thrown.column, reason });
  }
}

interface Problem {
  path: PropertyKey[];
  reason: string;
}

function firstIssue({ issues }: z.core.$ZodError): Problem {
  const [issue] = issues;
  return { path: issue?.path ?? [], reason: issue?.message ?? 'it is no manifest' };
}

/** Names are what people say and paths what git changes, so both may stand for one repo only. */
function firstTwin({ repos }: Manifest): Problem | undefined {
  const seen = new Map<string, string>();
  for (const [index, repo] of repos.entries()) {
    const place = `path ${resolve('/', repo.path ?? repo.name)}`;
    if (seen.has(`name ${repo.name}`)) {
      return { path: ['repos', index, 'name'], reason: `a repo named ${repo.name} stands above` };
    }
    if (seen.has(place)) {
      return { path: ['repos', index, 'path'], reason: `${seen.get(place)} has the same path` };
    }
    seen.set(`name ${repo.name}`, repo.name).set(place, repo.name);
  }
  return undefined;
}

interface Misplaced extends Problem {
  text: string;
  file: string;
}

async function misplaced({ text, file, path, reason }: Misplaced): Promise<GantryError> {
  const { locate } = await import('./locate.ts');
  return invalid({ file, ...locate(text, path), key: keyOf(path), reason });
}

interface Invalid {
  file: string;
  line: number;
  column: number;
  key?: string;
  reason: string;
}

function invalid({ file, line, column, key, reason }: Invalid): GantryError {
  const what = key ? `${key}: ${reason}` : reason;
  return workspaceError('manifest-invalid', `${file}:${line}:${column}: ${what}.`, {
    next: ['gantry config edit --scope workspace', `$EDITOR +${line} ${quote(file)}`],
    details: { file, line, column, ...(key && { key }) },
  });
}

/** `repos[2].name` */
function keyOf(path: PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
}
