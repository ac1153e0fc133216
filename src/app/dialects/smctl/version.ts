import type { Tag } from '#engines/repo/types.ts';
import type { Given, Made, Place } from '../dialect.ts';
import { dialectError } from '../errors.ts';
import { dataOf } from '../told.ts';
import { tagPrefixOf } from './prefix.ts';

/** The arguments with the next patch version after the highest that any of the repos has as a tag. */
export async function withNextPatch(given: Given, place: Place, made: readonly Made[]): Promise<Given> {
  const { tags } = dataOf<{ tags: Tag[] }>({ made }, 'repo.tags') ?? { tags: [] };
  const name = await nextPatch(
    tags.map((tag) => tag.name),
    tagPrefixOf(place),
  );
  if (name !== undefined) return { ...given, name };
  throw dialectError('version-unnamed', 'No repo has a tag that is a version.', {
    next: ['smctl flow hotfix start VERSION'],
  });
}

/** What is on the way to a version is none yet. */
async function nextPatch(tags: readonly string[], prefix: string): Promise<string | undefined> {
  const [{ default: parse }, { default: compare }] = await Promise.all([
    import('semver/functions/parse.js'),
    import('semver/functions/compare.js'),
  ]);
  const versions = tags.flatMap((tag) => {
    const version = parse(tag.startsWith(prefix) ? tag.slice(prefix.length) : tag);
    return version && version.prerelease.length === 0 ? [version] : [];
  });
  return versions.toSorted(compare).at(-1)?.inc('patch').version;
}
