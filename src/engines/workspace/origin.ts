import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { gitDirectories, readText } from '#engines/git/directory.ts';
import { remoteUrl } from './discover.ts';
import type { WorkspaceRepo } from './types.ts';
import { withoutUser } from './url.ts';

/** Where a clone fetches from, where the manifest says something else; null where both say the same, or one of them nothing. */
export async function otherOrigin(
  context: Context,
  { url, path }: Pick<WorkspaceRepo, 'url' | 'path'>,
): Promise<string | null> {
  const directories = gitDirectories(path);
  if (url === undefined || !directories) return null;
  // Most clones have the address as the manifest has it: no git is asked for those.
  if (readText(join(directories.common, 'config'))?.includes(`url = ${url}\n`)) return null;
  // What keeps git from reading its settings is told by whatever is done with the repo.
  const origin = await remoteUrl(context, path).catch(() => undefined);
  return origin === undefined || plain(origin) === plain(url) ? null : origin;
}

/** What git takes for the same address. */
function plain(url: string): string {
  return withoutUser(url)
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}
