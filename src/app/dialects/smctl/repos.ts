import type { Property } from '#app/registry/card.ts';
import type { Given, Told } from '../dialect.ts';
import { ifDone, repoResults } from '../told.ts';

/** `--repos a,b`. */
export const REPOS: Property = {
  type: 'string',
  completes: 'repo',
  description: 'Only these repos, separated by commas',
};

/** From a command line as one text, over MCP as a list; an empty text names a repo that there is not, and never all. */
export function reposOf({ repos }: Given): string[] | undefined {
  if (Array.isArray(repos)) return repos.map(String);
  return typeof repos === 'string' ? repos.split(',').map((name) => name.trim()) : undefined;
}

/** What is said where all went well; otherwise what came of each repo. */
export function linesIfDone(told: Told, ...lines: string[]): string[] {
  const done = ifDone(told, lines);
  if (done) return done;
  return repoResults(told).map(
    ({ repo, success, message }) => `  ${success ? '✓' : '✗'} ${repo} — ${message}`,
  );
}

export function flowResult(told: Told, operation: string, branch: string) {
  return {
    operation,
    branch_name: branch,
    repos: repoResults(told).map(({ repo, success, message }) => ({ repo_name: repo, success, message })),
  };
}
