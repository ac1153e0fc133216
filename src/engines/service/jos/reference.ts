import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { serviceError } from '../errors.ts';
import type { Artifact } from './artifact.ts';
import { firstFile, installedPlace, isBare, spelled } from './find.ts';
import { isInside, placed } from './inside.ts';

type Here = Pick<Context, 'paths' | 'workspace'>;

/**
 * The file that a `jos` step names: a path from the artifact's directory, or an installed artifact by its name. It may be
 * in that directory, below it or in the workspace that the artifact is part of, links followed; else somebody's artifact
 * could set off whatever other one this person has.
 */
export async function requireReference(
  artifact: Artifact,
  named: string,
  { paths, workspace }: Here,
): Promise<string> {
  const directory = dirname(artifact.path);
  const installed = placed(installedPlace(paths), '.');
  const candidates = [
    ...spelled(placed(directory, named)),
    ...(isBare(named) ? spelled(join(installed, named)) : []),
  ];
  const found = await firstFile(candidates);
  if (found === undefined) throw missing(artifact, named);
  const place = placed('/', found);
  const root = workspace === undefined ? undefined : placed(workspace, '.');
  const bounds = [directory, installed, ...(root !== undefined && isInside(directory, root) ? [root] : [])];
  if (bounds.some((bound) => isInside(place, bound))) return place;
  throw outside(artifact, named, place);
}

function missing({ path, name }: Artifact, named: string) {
  return serviceError('artifact-missing', `${name} names an artifact ${named}, and there is none.`, {
    next: [`ls ${quote(dirname(path))}`],
    details: { path, reference: named },
  });
}

function outside({ path, name }: Artifact, named: string, place: string) {
  return serviceError('reference-outside', `${name} names ${named}, which is ${place}.`, {
    next: [`ls -l ${quote(place)}`],
    details: { path, reference: named, place },
  });
}
