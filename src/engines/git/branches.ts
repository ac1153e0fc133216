import type { Context } from '#engines/core/context.ts';
import { git } from './run.ts';

export interface Branch {
  /** Short: `main`, `origin/main`. */
  name: string;
  /** Full: `refs/heads/main`. */
  ref: string;
  oid: string;
  /** Checked out in this worktree. */
  current: boolean;
  /** Short name of the upstream; null where none is configured. */
  upstream: string | null;
  upstreamGone: boolean;
  ahead: number;
  behind: number;
  /** Absolute path of the worktree that has it checked out. */
  worktree: string | null;
  subject: string;
  author: string;
  /** When it was committed, in seconds since the epoch. */
  at: number;
}

const FIELDS = [
  'refname',
  'objectname',
  'HEAD',
  'upstream:short',
  'upstream:track,nobracket',
  'worktreepath',
  'contents:subject',
  'authorname',
  'committerdate:unix',
  'symref',
];

/** Local branches, newest first; with `remote` those of remotes. */
export async function readBranches(
  context: Context,
  cwd: string,
  { remote = false }: { remote?: boolean } = {},
): Promise<Branch[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: [
      'for-each-ref',
      '--sort=-committerdate',
      `--format=${FIELDS.map((field) => `%(${field})%00`).join('')}`,
      remote ? 'refs/remotes' : 'refs/heads',
    ],
  });
  return parseBranches(stdout);
}

export function parseBranches(output: string): Branch[] {
  const fields = output.split('\0');
  const branches: Branch[] = [];
  for (let at = 0; at + FIELDS.length < fields.length + 1; at += FIELDS.length) {
    const record = fields.slice(at, at + FIELDS.length);
    // A newline ends every record but belongs to none.
    if (record.length === FIELDS.length && record[9] === '') branches.push(branchFrom(record));
  }
  return branches;
}

function branchFrom(record: string[]): Branch {
  const [ref = '', oid = '', head, upstream, track = '', worktree, subject = '', author = '', at] = record;
  const full = ref.replace(/^\n/, '');
  return {
    name: full.replace(/^refs\/(heads|remotes)\//, ''),
    ref: full,
    oid,
    current: head === '*',
    upstream: upstream || null,
    upstreamGone: track === 'gone',
    ahead: countIn(track, /ahead (\d+)/),
    behind: countIn(track, /behind (\d+)/),
    worktree: worktree || null,
    subject,
    author,
    at: Number(at),
  };
}

function countIn(track: string, pattern: RegExp): number {
  return Number(pattern.exec(track)?.[1] ?? 0);
}
