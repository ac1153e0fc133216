import type { Context } from '#engines/core/context.ts';
import { ask } from './ask.ts';

export interface Remote {
  name: string;
  /** As git would use it: after the person's own rewriting of addresses. */
  url: string;
  /** The checked-out branch follows a branch of it. */
  followed: boolean;
}

/** The remotes of a repo: the one that the checked-out branch follows, origin, then the others by name. */
export async function readRemotes(context: Context, cwd: string): Promise<Remote[]> {
  const [{ stdout }, followed] = await Promise.all([
    ask(context, { cwd, args: ['remote'] }),
    readFollowed(context, cwd),
  ]);
  const names = stdout.split('\n').filter(Boolean);
  const remotes = await Promise.all(
    names.map(async (name) => {
      const { stdout: url } = await ask(context, { cwd, args: ['remote', 'get-url', '--', name] });
      return { name, url: url.replace(/\n$/, ''), followed: name === followed };
    }),
  );
  return remotes.toSorted((a, b) => rank(a) - rank(b));
}

async function readFollowed(context: Context, cwd: string): Promise<string> {
  const head = await ask(context, { cwd, args: ['symbolic-ref', '--quiet', 'HEAD'], answers: [0, 1] });
  const ref = head.stdout.trim();
  if (ref === '') return '';
  const args = ['for-each-ref', '--format=%(upstream:remotename)', '--', ref];
  return (await ask(context, { cwd, args })).stdout.trim();
}

function rank({ name, followed }: Remote): number {
  if (followed) return 0;
  return name === 'origin' ? 1 : 2;
}
