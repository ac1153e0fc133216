import type { Outcome } from '#engines/core/invocation.ts';
import { pageOf } from '../pages.ts';
import type { Page, Resource, Template } from '../protocol/service.ts';
import { fixedResources, repoResource, templates } from './catalog.ts';

const PAGE_SIZE = 100;

/** The fixed resources and one per repo, a page at a time. */
export function resourcePage(repos: readonly string[], cursor: string | undefined): Page<Resource> {
  const all = [...fixedResources(), ...repos.map(repoResource)];
  return pageOf(all, cursor, { keyOf: ({ uri }) => uri, size: PAGE_SIZE });
}

export function templatePage(cursor: string | undefined): Page<Template> {
  return pageOf(templates(), cursor, { keyOf: ({ uriTemplate }) => uriTemplate, size: PAGE_SIZE });
}

/** The names in the answer of `workspace.list`; none where there is no workspace. */
export function repoNames(listed: Outcome): string[] {
  const { repos = [] } = (listed.kind === 'data' ? listed.data : {}) as { repos?: { name: string }[] };
  return repos.map(({ name }) => name);
}
