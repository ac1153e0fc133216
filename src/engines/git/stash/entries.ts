import type { Context } from '#engines/core/context.ts';
import { ask } from '../ask.ts';
import type { StashEntry } from './entry.ts';

export const STASH = 'refs/stash';

/** Newest first: the n-th is `stash@{n}`. */
export async function readStash(context: Context, cwd: string): Promise<StashEntry[]> {
  const { stdout } = await ask(context, {
    cwd,
    args: [
      ...['log', '--walk-reflogs', '--no-mailmap', '--no-show-signature', '--date=raw', '-z'],
      ...['--format=%H%n%gd%n%gn%n%ge%n%gs', STASH, '--'],
    ],
    answers: [0, 128],
  });
  return stdout.split('\0').flatMap((record) => {
    const [entry = '', selector = '', name = '', email = '', message = ''] = record.split('\n');
    const date = /@\{(\d+ [+-]\d{4})\}$/.exec(selector)?.[1];
    return date === undefined ? [] : [{ oid: entry, message, name, email, date }];
  });
}
