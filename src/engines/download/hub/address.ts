/** Names from catalogs and from the hub: they become parts of addresses and of paths on this disk. */

/** `owner/name`, or a name alone as the oldest repositories have. */
export function isRepo(text: string): boolean {
  return /^(?:\w[\w.-]*\/)?\w[\w.-]*$/.test(text) && !text.includes('..');
}

/** A path below the root of a repository, and nowhere else. */
export function isFilePath(text: string): boolean {
  if (text === '' || text.startsWith('-') || text.length > 1_000 || /[\u0000-\u001f\u007f\\]/.test(text))
    return false;
  return text.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Where the hub has the bytes of a file; it answers with a redirect to them, or with them. */
export function fileAddress(endpoint: string, { repo, revision, file }: FilePlace): URL {
  const path = [repo, 'resolve', encodeURIComponent(revision), ...file.split('/').map(encodeURIComponent)];
  return new URL(`${endpoint}/${path.join('/')}`);
}

/** The page on which a person asks for access. */
export function repoPage(endpoint: string, repo: string): string {
  return `${endpoint}/${repo}`;
}

export interface FilePlace {
  repo: string;
  /** A branch, a tag or a commit. */
  revision: string;
  /** Path in the repository. */
  file: string;
}
