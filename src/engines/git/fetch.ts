import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { fetchArgs } from './argv.ts';
import { placeOf } from './observe.ts';
import { type MovedRef, movedRefs, readRefMap } from './refs.ts';
import { git } from './run.ts';
import { counted } from './words.ts';

type Fetch = Application<{ prune: boolean }>;

/** Fetching again is as good as having fetched. */
export async function checkFetch(): Promise<undefined> {
  return undefined;
}

export async function applyFetch({ args, target }: Fetch, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  const before = await remoteRefs(context, cwd);
  await git(context, { cwd, mode: 'network', target: target.name, args: fetchArgs(args) });
  const moved = movedRefs(before, await remoteRefs(context, cwd));
  return { summary: summaryOf(moved), result: { refs: moved.map((one) => ({ ...one })) } };
}

function remoteRefs(context: Context, cwd: string): Promise<Map<string, string>> {
  return readRefMap(context, cwd, 'refs/remotes', 'refs/tags');
}

function summaryOf(moved: MovedRef[]): string {
  if (moved.length === 0) return 'nothing new';
  const [gone, present] = [moved.filter(({ to }) => !to), moved.filter(({ to }) => to)];
  const [created, updated] = [present.filter(({ from }) => !from), present.filter(({ from }) => from)];
  return [
    updated.length > 0 && `${updated.length} updated`,
    created.length > 0 && `${created.length} new`,
    gone.length > 0 && `${gone.length} gone`,
  ]
    .filter(Boolean)
    .join(', ')
    .concat(` (${counted(moved.length, 'ref')})`);
}
