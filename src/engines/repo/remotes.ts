import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from '#engines/core/context.ts';
import { readRemotes } from '#engines/git/remotes.ts';
import { absoluteUrl, withoutUser } from '#engines/workspace/url.ts';
import { pageOf } from './page.ts';
import { requirePresent } from './present.ts';
import type { Remote } from './types.ts';

export async function readRepoRemotes(
  { repo }: { repo: string },
  context: Context,
): Promise<{ remotes: Remote[] }> {
  const { path } = await requirePresent(context, repo);
  const remotes = await readRemotes(context, path);
  return {
    remotes: await Promise.all(
      remotes.map(async ({ name, url, followed }) => ({
        name,
        url: withoutUser(url),
        followed,
        page: pageOf(url) ?? null,
        directory: (await directoryOf(url, path)) ?? null,
      })),
    ),
  };
}

/** The directory that an address names; an address that names a file, or nothing that is there, names none. */
async function directoryOf(url: string, repo: string): Promise<string | undefined> {
  const path = pathOf(url, repo);
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
  return found?.isDirectory() ? path : undefined;
}

function pathOf(url: string, repo: string): string | undefined {
  if (!url.startsWith('file://')) {
    const absolute = absoluteUrl(url, repo);
    return absolute.startsWith('/') ? resolve(absolute) : undefined;
  }
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
