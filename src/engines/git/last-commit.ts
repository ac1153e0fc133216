import type { RepoStatus } from './types.ts';

/** The newest commit of HEAD alone, cheaply: refs are not looked up. Every field ends with NUL. */
export const LAST_COMMIT_ARGS = [
  '--no-optional-locks',
  'log',
  '-z',
  '--max-count=1',
  '--no-show-signature',
  '--format=%H%x00%an%x00%at%x00%s',
] as const;

export function parseLastCommit(output: string): RepoStatus['lastCommit'] {
  const [oid, author = '', at, subject = ''] = output.split('\0');
  return oid ? { oid, author, at: Number(at), subject } : null;
}
