import { isAbsolute } from 'node:path';

/** Control characters of both ranges, and the invisible ones that make a text read as another. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** Why a text can't be the name of a repo; nothing where it can. */
export function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'is empty';
  if (name !== name.trim()) return 'begins or ends with a space';
  if (isAbsolute(name) || name.includes('\\')) return 'is a path';
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..')) return 'is a path';
  if (name.includes(',')) return 'has a comma, which separates names';
  return argumentProblem(name);
}

/** Why a text can't be an address for git; nothing where it can. */
export function urlProblem(url: string): string | undefined {
  if (url.trim() === '') return 'is empty';
  return argumentProblem(url);
}

/** Why a text can't be the name of a branch; nothing where it can, as far as `git check-ref-format` needs no asking. */
export function branchProblem(branch: string): string | undefined {
  if (branch === '') return 'is empty';
  if (/[\s~^:?*[\\]|\.\.|@\{|\/\/|\/$|\.$|\.lock$/.test(branch)) return 'is not a name that git allows';
  return argumentProblem(branch);
}

/** Why a text can't be the path of a repo; nothing where it can. */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  return UNPRINTABLE.test(path) ? 'has control or invisible characters' : undefined;
}

/** Why a text can't be a pattern of files inside of a directory; nothing where it can. */
export function insideProblem(pattern: string): string | undefined {
  if (isAbsolute(pattern) || pattern.split('/').includes('..')) return 'leads out of the repo';
  return pathProblem(pattern);
}

/** Why a text can't be a workspace's name; nothing where it can. */
export function labelProblem(label: string): string | undefined {
  return label.trim() === '' ? 'is empty' : argumentProblem(label);
}

function argumentProblem(text: string): string | undefined {
  if (text.startsWith('-')) return 'begins with a dash';
  return UNPRINTABLE.test(text) ? 'has control or invisible characters' : undefined;
}

/** `api, web and 3 more` */
export function namesIn(repos: readonly { name: string }[]): string {
  const shown = repos.slice(0, 10).map(({ name }) => name);
  const rest = repos.length - shown.length;
  if (shown.length === 0) return 'no repos';
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
