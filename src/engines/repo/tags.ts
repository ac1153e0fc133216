import type { Context } from '#engines/core/context.ts';
import { readTags } from '#engines/git/tags.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { splitByPresence } from '#engines/workspace/targets.ts';
import type { Tag } from './types.ts';

/** Repo by repo; one that is not cloned has none. */
export async function readRepoTags(
  { repos }: { repos: string[] },
  context: Context,
): Promise<{ tags: Tag[] }> {
  const { present } = await splitByPresence(selectRepos(await readWorkspace(context), repos));
  const tags = await Promise.all(
    present.map(async ({ name: repo, path }) =>
      (await readTags(context, path)).map((tag) => ({ repo, ...tag })),
    ),
  );
  return { tags: tags.flat() };
}
