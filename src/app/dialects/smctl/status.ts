import stringWidth from 'string-width';
import type { RepoStatus } from '#engines/repo/types.ts';

/** Width of a column, in cells; what is longer moves the rest. */
const COLUMN = 16;

export function statusLine(repo: RepoStatus): string {
  const problem = problemOf(repo);
  if (problem !== undefined) return `  ${repo.name} — error: ${problem}`;
  const state = changesOf(repo) === 0 ? '✓ clean' : '✗ dirty';
  return `  ${padded(repo.name)} ${padded(branchOf(repo))} ${state}`;
}

export function statusJson(repo: RepoStatus) {
  const { name, ahead, behind } = repo;
  const problem = problemOf(repo);
  if (problem !== undefined) return { name, error: problem };
  const modified = changesOf(repo);
  return {
    name,
    branch: branchOf(repo),
    clean: modified === 0,
    ahead: ahead ?? 0,
    behind: behind ?? 0,
    modified_files: modified,
  };
}

function branchOf({ branch }: RepoStatus): string {
  return branch ?? 'HEAD';
}

function changesOf({ staged, changed, untracked, conflicted }: RepoStatus): number {
  return [staged, changed, untracked, conflicted].reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** Why a repo has no status; what is not known of one in time is no reason to call it clean. */
function problemOf({ state, problem, partial }: RepoStatus): string | undefined {
  if (state === 'ok') return partial ?? undefined;
  return problem ?? (state === 'missing' ? 'it is not cloned' : 'it is no git repository');
}

function padded(text: string): string {
  return text + ' '.repeat(Math.max(0, COLUMN - stringWidth(text)));
}
