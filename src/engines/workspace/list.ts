import type { Context } from '#engines/core/context.ts';
import { readWorkspace } from './read.ts';
import { presenceOf } from './targets.ts';
import type { ListedRepo } from './types.ts';

export async function readList(_: unknown, context: Context): Promise<{ repos: ListedRepo[] }> {
  const { repos } = await readWorkspace(context);
  return {
    repos: await Promise.all(
      repos.map(async ({ name, url, path, defaultBranch }) => ({
        name,
        url: url ?? null,
        path,
        defaultBranch,
        cloned: (await presenceOf(path)) === 'cloned',
      })),
    ),
  };
}
