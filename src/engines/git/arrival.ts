import type { Context } from '#engines/core/context.ts';
import type { Json } from '#engines/core/json.ts';
import { readLog } from './log.ts';
import { git } from './run.ts';
import { counted } from './words.ts';

/** How many subjects a summary of what came brings along. */
const SUBJECTS = 10;

/** What lies between two commits, for a receipt. */
export interface Arrival {
  from: string;
  to: string;
  commits: number;
  files: number;
  /** Of the newest commits, newest first. */
  subjects: { oid: string; subject: string }[];
}

export async function readArrival(context: Context, cwd: string, from: string, to: string): Promise<Arrival> {
  const read = async (...args: string[]) => (await git(context, { cwd, args, mode: 'read' })).stdout;
  const [count, files, log] = await Promise.all([
    read('rev-list', '--count', `${from}..${to}`, '--'),
    read('diff-tree', '-r', '-z', '--name-only', from, to, '--'),
    readLog(context, cwd, { from: [to], without: [from], limit: SUBJECTS }),
  ]);
  return {
    from,
    to,
    commits: Number(count),
    files: files.split('\0').length - 1,
    subjects: log.map(({ oid, subject }) => ({ oid, subject })),
  };
}

export function summaryOf({ commits, files }: Arrival): string {
  return commits === 0 ? 'up to date' : `${counted(commits, 'commit')}, ${counted(files, 'file')}`;
}

export function asJson(arrival: Arrival): Json {
  return { ...arrival };
}
