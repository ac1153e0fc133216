import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { nearest } from '#engines/core/nearest.ts';
import { quote } from '#engines/core/shell.ts';
import { serviceError } from '../errors.ts';

const ENDING = '.jos';

/** Where artifacts are installed, for everything of one person. */
export function installedPlace({ home }: Pick<Context['paths'], 'home'>): string {
  return join(home, '.jos', 'artifacts');
}

/** The file that is meant: a path with or without `.jos`, or the name of an installed artifact. */
export async function findArtifact(
  named: string,
  { cwd, paths }: Pick<Context, 'cwd' | 'paths'>,
): Promise<string> {
  const installed = installedPlace(paths);
  const here = resolve(cwd, named);
  const found = await firstFile([
    ...spelled(here),
    ...(isBare(named) ? spelled(join(installed, named)) : []),
  ]);
  if (found !== undefined) return found;
  const names = [...(await artifactsIn(dirname(here))), ...(await artifactsIn(installed))];
  const close = nearest(basename(named).replace(ENDING, ''), names);
  const hint = close === undefined ? '' : ` Did you mean ${close}${ENDING}?`;
  throw serviceError('artifact-missing', `There is no artifact ${named}.${hint}`, {
    next: [`ls ${quote(dirname(here))}`],
    details: { path: here },
  });
}

/** The first of the places where there is anything but a directory. */
export async function firstFile(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    const info = await stat(place).catch(() => undefined);
    if (info && !info.isDirectory()) return place;
  }
  return undefined;
}

export function spelled(path: string): string[] {
  return path.endsWith(ENDING) ? [path] : [path, path + ENDING];
}

/** A name, not a path. */
export function isBare(named: string): boolean {
  return named !== '' && !named.startsWith('.') && !/[/\\\0]/.test(named);
}

/** Names without their ending. */
async function artifactsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
}
