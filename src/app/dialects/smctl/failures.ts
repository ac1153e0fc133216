import type { Failure } from '#engines/core/errors.ts';

/** What smctl calls what went wrong, where its words are known; the rest is told in Gantry's. */
export const FAILURES: Readonly<Record<string, (failure: Failure) => Partial<Failure>>> = {
  'workspace-missing': () => ({
    message: 'no workspace found (use `smctl workspace init` or set --workspace)',
    next: ['smctl workspace init', 'gantry workspace adopt'],
  }),
  'repo-exists': ({ message, details }) => ({
    message: details?.name ? `repo '${details.name}' already exists in workspace.` : message,
    next: ['smctl workspace status', 'smctl workspace add --name NAME URL'],
  }),
  'set-unknown': ({ message, details }) => ({
    message: details?.name ? `worktree set '${details.name}' does not exist` : message,
    next: ['smctl worktree list'],
  }),
  'repo-unknown': ({ message, details }) => ({
    message: details?.name ? `repo '${details.name}' not found in workspace.` : message,
    next: ['smctl workspace status'],
  }),
};
