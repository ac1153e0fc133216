import { isAbsolute, relative, resolve } from 'node:path';
import { realPlace } from '#engines/git/worktree/place.ts';

/** Absolute and without links, whether or not it is there. */
export function placed(directory: string, reference: string): string {
  return realPlace(resolve(directory, reference));
}

/** Whether a path is a directory or something below it; both are without links. */
export function isInside(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way === '' || (way !== '..' && !way.startsWith('../') && !isAbsolute(way));
}
