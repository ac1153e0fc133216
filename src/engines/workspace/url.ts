import { isAbsolute, resolve } from 'node:path';
import { workspaceError } from './errors.ts';
import { nameProblem, urlProblem } from './names.ts';

export interface Source {
  name: string;
  url: string;
}

/** `url` or `name=url`, as `workspace init` takes it. */
export function sourceOf(given: string, cwd: string): Source {
  const [, name, address] = /^([^-:/@=][^:/@=]*)=(.+)$/s.exec(given) ?? [];
  const url = requireUrl(address ?? given, cwd);
  return { url, name: requireName(name ?? nameFrom(url)) };
}

/** The address as it is kept: a path becomes absolute, and a password is refused because manifests are shared. */
export function requireUrl(given: string, cwd: string): string {
  const problem = urlProblem(given) ?? passwordProblem(given);
  if (!problem) return absoluteUrl(given, cwd);
  throw workspaceError('repo-url-unusable', `The address ${JSON.stringify(withoutUser(given))} ${problem}.`, {
    next: ['git config --global credential.helper store', 'gantry workspace add https://HOST/PATH.git'],
  });
}

export function requireName(name: string): string {
  const problem = nameProblem(name);
  if (!problem) return name;
  throw workspaceError('repo-name-unusable', `The repo name ${JSON.stringify(name)} ${problem}.`, {
    next: ['gantry workspace add --name NAME URL'],
    details: { name },
  });
}

/** Why an address can't be kept in a plan or a manifest; nothing where it can. */
export function passwordProblem(url: string): string | undefined {
  return /^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(url) ? 'has a password in it' : undefined;
}

/** A web address without what stands before its host: that is a password or a token. */
export function withoutUser(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@]*@/i, '$1');
}

/** A path, which is neither `scheme://…` nor `host:path`, made absolute. */
export function absoluteUrl(url: string, from: string): string {
  const isPath = !url.includes('://') && !/^[^/]+:/.test(url);
  return isPath && !isAbsolute(url) ? resolve(from, url) : url;
}

/** Last part of an address, without `.git`. */
function nameFrom(url: string): string {
  const last = url.replace(/\/+$/, '').split(/[/:]/).at(-1) ?? '';
  return last.replace(/\.git$/, '');
}
