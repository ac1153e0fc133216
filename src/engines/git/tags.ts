import type { Context } from '#engines/core/context.ts';
import { git } from './run.ts';

export interface Tag {
  /** Short: `v1.2.0`. */
  name: string;
  /** What it is of, by its object id; nearly always a commit. */
  oid: string;
  /** First line of its message, or of that of its commit. */
  subject: string;
  /** When it was made, or its commit was, in seconds since the epoch; null of what has no date. */
  at: number | null;
}

const FIELDS = ['refname:strip=2', 'objectname', '*objectname', 'contents:subject', 'creatordate:unix'];

/** By version, the highest first; names that are no versions come last. */
export async function readTags(context: Context, cwd: string): Promise<Tag[]> {
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: [
      'for-each-ref',
      '--sort=-version:refname',
      `--format=${FIELDS.map((field) => `%(${field})`).join('%00')}`,
      'refs/tags',
    ],
  });
  const records = stdout.split('\n').filter((line) => line !== '');
  const tags = records.map((record): Tag => {
    const [name = '', object = '', peeled = '', subject = '', at = ''] = record.split('\0');
    return { name, oid: peeled || object, subject, at: at === '' ? null : Number(at) };
  });
  const isVersion = ({ name }: Tag) => /\d/.test(name);
  return [...tags.filter(isVersion), ...tags.filter((tag) => !isVersion(tag))];
}
