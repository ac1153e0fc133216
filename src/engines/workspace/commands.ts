import { canonical } from '#engines/core/json.ts';
import { fingerprint } from './manifest.ts';
import type { Workspace } from './types.ts';

/**
 * Every command that comes with a workspace and where it stands: what ends in `_cmd`, and the backends of workers, all of
 * which decides what is run. Hooks are none, as long as nothing runs them. Sorted, so that moving lines in the manifest is no change.
 */
export function commandsOf({ manifest }: Pick<Workspace, 'manifest'>): string[] {
  const own = [...commandsIn(manifest, 'workspace'), ...commandsIn(manifest.worktree, 'workspace worktree')];
  const ofRepos = manifest.repos.flatMap((repo) => [
    ...commandsIn(repo, repo.name),
    ...commandsIn(repo.worktree ?? {}, `${repo.name} worktree`),
  ]);
  const backends = Object.entries(manifest.backends ?? {}).map(
    ([name, backend]) => `workspace backend ${name}: ${canonical(backend)}`,
  );
  return [...own, ...ofRepos, ...backends].toSorted();
}

/** What trust is given to: one other command, and it has to be asked for again. */
export function commandsFingerprint(commands: readonly string[]): string {
  return fingerprint(JSON.stringify(commands));
}

function commandsIn(table: object, owner: string): string[] {
  return Object.entries(table).flatMap(([key, value]) =>
    key.endsWith('_cmd') && value ? [`${owner} ${key}: ${textsIn(value).join(' ')}`] : [],
  );
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => textsIn(inner).map((text) => `${key}: ${text}`));
  }
  return value === undefined ? [] : [String(value)];
}
