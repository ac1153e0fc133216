import { manifestBelow } from '#engines/workspace/find.ts';
import type { Manifest } from '#engines/workspace/schema.ts';
import type { Place } from '../dialect.ts';
import { manifestAt } from './manifest.ts';

export type Kind = 'feature' | 'release' | 'hotfix';

/** A flow branch as the manifest has it called. */
export function branchOf(kind: Kind, name: unknown, place: Place): string {
  return `${flowOf(place)?.[`${kind}_prefix`] ?? `${kind}/`}${name}`;
}

/** What stands before the version in the names of tags. */
export function tagPrefixOf(place: Place): string {
  return flowOf(place)?.tag_prefix ?? 'v';
}

export function developOf(place: Place): string {
  return flowOf(place)?.develop_branch ?? 'develop';
}

/** Nothing where there is no manifest that can be read: the action says so. */
function flowOf({ workspace }: Place): Manifest['flow'] | undefined {
  const file = workspace === undefined ? undefined : manifestBelow(workspace);
  try {
    return file === undefined ? undefined : manifestAt(file).flow;
  } catch {
    return undefined;
  }
}
