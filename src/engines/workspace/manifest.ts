import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { quote } from '#engines/core/shell.ts';
import { workspaceError } from './errors.ts';
import { type Manifest, manifestSchema } from './schema.ts';
import { flawText, type Problem, readToml } from './toml.ts';
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
  const read = readToml(text, manifestSchema, firstTwin);
  if ('data' in read) return read.data;
  const { line, column, key } = read.flaw;
  throw workspaceError('manifest-invalid', flawText(file, read.flaw), {
    next: ['gantry config edit --scope workspace', `$EDITOR +${line} ${quote(file)}`],
    details: { file, line, column, ...(key && { key }) },
  });
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
