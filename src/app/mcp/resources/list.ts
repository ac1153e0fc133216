import type { Outcome } from '#engines/core/invocation.ts';
import { Fault } from '../protocol/fault.ts';
import type { Page, Resource } from '../protocol/service.ts';
import { fixedResources, repoResource } from './catalog.ts';

const PAGE_SIZE = 100;

/** The fixed resources and one per repo, a page at a time. */
export function pageOf(repos: readonly string[], cursor: string | undefined): Page<Resource> {
  const all = [...fixedResources(), ...repos.map(repoResource)];
  const start = cursor === undefined ? 0 : all.findIndex(({ uri }) => cursorAt(uri) === cursor) + 1;
  if (cursor !== undefined && start === 0) throw new Fault('invalid-params', 'There is no such cursor.');
  const items = all.slice(start, start + PAGE_SIZE);
  const last = items.at(-1);
  return start + PAGE_SIZE < all.length && last ? { items, next: cursorAt(last.uri) } : { items };
}

/** The names in the answer of `workspace.list`; none where there is no workspace. */
export function repoNames(listed: Outcome): string[] {
  const { repos = [] } = (listed.kind === 'data' ? listed.data : {}) as { repos?: { name: string }[] };
  return repos.map(({ name }) => name);
}

function cursorAt(uri: string): string {
  return Buffer.from(uri).toString('base64url');
}
