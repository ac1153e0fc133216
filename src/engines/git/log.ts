import type { Context } from '#engines/core/context.ts';
import { git } from './run.ts';

export interface Commit {
  oid: string;
  parents: string[];
  author: string;
  email: string;
  /** When it was authored, in seconds since the epoch. */
  at: number;
  subject: string;
  /** Branches and tags that point at it, as `refs/heads/main`; `HEAD` among them where it is. */
  refs: string[];
}

export interface LogRange {
  /** Commits reachable from these; `HEAD` unless told. */
  from?: readonly string[];
  /** But not from these. */
  without?: readonly string[];
  limit: number;
  skip?: number;
  /** Only commits that touch these paths. */
  paths?: readonly string[];
}

/** Every field ends with NUL, which no part of a commit can contain; with `-z` so does the last one. */
export const COMMIT_FORMAT = '--format=%H%x00%P%x00%an%x00%ae%x00%at%x00%D%x00%s';

const FIELDS = 7;

export function logArgs({ from = ['HEAD'], without = [], limit, skip = 0, paths = [] }: LogRange): string[] {
  return [
    'log',
    '-z',
    COMMIT_FORMAT,
    '--decorate=full',
    '--no-show-signature',
    `--max-count=${limit}`,
    ...(skip > 0 ? [`--skip=${skip}`] : []),
    '--end-of-options',
    ...from,
    ...without.map((revision) => `^${revision}`),
    '--',
    ...paths,
  ];
}

export async function readLog(context: Context, cwd: string, range: LogRange): Promise<Commit[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: ['--literal-pathspecs', ...logArgs(range)],
  });
  return parseLog(stdout);
}

export function parseLog(output: string): Commit[] {
  const fields = output.split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + FIELDS <= fields.length; at += FIELDS)
    commits.push(commitFrom(fields.slice(at, at + FIELDS)));
  return commits;
}

function commitFrom(fields: string[]): Commit {
  const [oid = '', parents = '', author = '', email = '', at = '', decoration = '', subject = ''] = fields;
  return {
    oid,
    parents: parents.split(' ').filter(Boolean),
    author,
    email,
    at: Number(at),
    refs: refsOf(decoration),
    subject,
  };
}

/** `HEAD -> refs/heads/main, tag: refs/tags/v1` */
function refsOf(decoration: string): string[] {
  return decoration
    .split(', ')
    .flatMap((one) => one.replace(/^tag: /, '').split(' -> '))
    .filter(Boolean);
}
