import type { Given, Resource, Template } from '../protocol/service.ts';

/** Of every document here. */
export const JSON_TYPE = 'application/json';

/** What a resource is read from and what tells that it has changed. */
export interface Source {
  action: string;
  input: Given;
  /** A stream of row deltas. */
  watch: string;
  /** The rows that matter: all, that one, or only that a row appears or goes. */
  rows: 'all' | 'members' | { key: string };
}

/** The rows behind the resources that there is one of for every repo. */
export const REPO_ROWS = 'repo.watch';

interface Fixed extends Resource, Source {}

const FIXED: readonly Omit<Fixed, 'mimeType'>[] = [
  {
    uri: 'gantry://workspace',
    name: 'workspace',
    title: 'Workspace',
    description: 'The repos that the manifest lists, with path, address and main branch',
    action: 'workspace.list',
    input: {},
    watch: REPO_ROWS,
    rows: 'members',
  },
  {
    uri: 'gantry://status',
    name: 'status',
    title: 'Status of the workspace',
    description:
      'Name, root and trust of the workspace; branch, upstream, changes and operation in progress of every repo',
    action: 'workspace.status',
    input: {},
    watch: REPO_ROWS,
    rows: 'all',
  },
  {
    uri: 'gantry://activity',
    name: 'activity',
    title: 'Activity',
    description: 'What was done on this workspace, newest first, and by whom',
    action: 'activity.list',
    input: {},
    watch: 'activity.watch',
    rows: 'all',
  },
];

const REPO = 'gantry://repo/';

const REPO_TEMPLATE: Template = {
  uriTemplate: `${REPO}{name}`,
  name: 'repo',
  title: 'Status of a repo',
  description: 'Branch, upstream, changes and operation in progress of one repo',
  mimeType: JSON_TYPE,
};

/** The resources that there always are. */
export function fixedResources(): Resource[] {
  return FIXED.map(({ uri, name, title, description }) => ({
    uri,
    name,
    title,
    description,
    mimeType: JSON_TYPE,
  }));
}

export function repoResource(name: string): Resource {
  const { description, mimeType } = REPO_TEMPLATE;
  return { uri: `${REPO}${encodeURIComponent(name)}`, name, title: name, description, mimeType };
}

export function templates(): Template[] {
  return [REPO_TEMPLATE];
}

/** Where a resource comes from; undefined where nothing has that URI. */
export function sourceOf(uri: string): Source | undefined {
  const fixed = FIXED.find((one) => one.uri === uri);
  if (fixed) return fixed;
  const name = uri.startsWith(REPO) ? decoded(uri.slice(REPO.length)) : undefined;
  if (!name) return undefined;
  return { action: 'repo.status', input: { repos: [name] }, watch: REPO_ROWS, rows: { key: name } };
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
