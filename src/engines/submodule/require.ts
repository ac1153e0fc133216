import { quote } from '#engines/core/shell.ts';
import { submoduleError } from './errors.ts';
import type { Submodule } from './types.ts';

/** Throws where `.gitmodules` does not say where a submodule comes from, in a way that git accepts. */
export function requireDeclared({ id, repo, path, url }: Submodule): void {
  const isOption = [path, url].some((word) => word?.startsWith('-'));
  if (url !== null && !isOption) return;
  const what = url === null ? 'no address' : 'a path or address that git takes for an option';
  throw submoduleError('submodule-undeclared', `${id} has ${what} in .gitmodules.`, {
    next: [`gantry repo log ${quote(repo)} .gitmodules`],
  });
}

export function requireCheckedOut({ id, repo, path, head }: Submodule): void {
  if (head !== null) return;
  throw submoduleError('submodule-missing', `${id} is not checked out.`, {
    next: [`gantry submodule update ${quote(path)} --repos ${quote(repo)}`],
  });
}
