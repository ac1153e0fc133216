import { basename, resolve } from 'node:path';
import type { RepoStatus } from '#engines/repo/types.ts';
import type { ListedRepo, WorkspaceHead } from '#engines/workspace/types.ts';
import { sourceOf } from '#engines/workspace/url.ts';
import type { Acting, Given, Place, Told } from '../dialect.ts';
import { dataOf, ifDone, repoResults } from '../told.ts';
import { manifestAt } from './manifest.ts';
import { statusJson, statusLine } from './status.ts';

const init: Acting = {
  id: 'workspace.init',
  summary: 'Make a workspace of the directory',
  takes: {
    name: { type: 'string', description: 'Name of the workspace; that of its directory unless told' },
  },
  calls: ({ name, path }, place) => {
    const directory = rootOf({ path }, place);
    const input = { directory, name, manifest: '.smctl/workspace.toml' };
    return [
      { action: 'workspace.init', input },
      { action: 'workspace.show', input: {}, workspace: directory },
    ];
  },
  would: ({ name, path }, place) => {
    const root = rootOf({ path }, place);
    return `would initialize workspace '${name ?? basename(root)}' at ${root}`;
  },
  lines: (told) => {
    const head = dataOf<WorkspaceHead>(told, 'workspace.show');
    return head ? [`initialized workspace '${head.name}' at ${head.root}`] : [];
  },
  json: (told) => {
    const head = dataOf<WorkspaceHead>(told, 'workspace.show');
    return head && manifestAt(head.manifest);
  },
};

/** That of the option or variable, else the current directory: a workspace around it is another one. */
function rootOf({ path }: Given, { cwd, asked }: Place): string {
  return resolve(cwd, String(path ?? asked ?? '.'));
}

const add: Acting = {
  id: 'workspace.add',
  summary: 'Add a repo to the workspace and clone it',
  takes: {
    url: { type: 'string', positional: true, description: 'Address to clone from' },
    path: { type: 'string', description: 'Where it is, from the root; its name unless told' },
    name: { type: 'string', description: 'Its name; the last part of the address unless told' },
  },
  calls: ({ url, name, path }) => [
    { action: 'workspace.add', input: { url, name, path } },
    { action: 'workspace.list', input: {} },
  ],
  would: ({ url, name }, { cwd }) => `would add repo '${nameOf({ url, name }, cwd)}' (${url}) to workspace`,
  lines: (told) => ifDone(told, [`added repo '${nameOf(told.given, told.place.cwd)}' to workspace`]) ?? [],
  json: (told) => {
    const repos = dataOf<{ repos: ListedRepo[] }>(told, 'workspace.list')?.repos ?? [];
    const { url, path = null } = told.given;
    const name = nameOf(told.given, told.place.cwd);
    return ifDone(told, { name, url, path, repos: repos.map((repo) => repo.name) });
  },
};

function nameOf({ url, name }: Given, cwd: string): string {
  return name === undefined ? sourceOf(String(url), cwd).name : String(name);
}

const remove: Acting = {
  id: 'workspace.remove',
  summary: 'Take a repo off the workspace; its files stay',
  takes: { repo: { type: 'string', positional: true, completes: 'repo', description: 'Name of the repo' } },
  calls: ({ repo }) => [
    { action: 'workspace.remove', input: { repo } },
    { action: 'workspace.list', input: {} },
  ],
  would: ({ repo }) => `would remove repo '${repo}' from workspace`,
  lines: (told) => ifDone(told, [`removed repo '${told.given.repo}' from workspace`]) ?? [],
  json: (told) => {
    const repos = dataOf<{ repos: ListedRepo[] }>(told, 'workspace.list')?.repos ?? [];
    return ifDone(told, { removed: told.given.repo, repos: repos.map(({ name }) => name) });
  },
};

const status: Acting = {
  id: 'workspace.status',
  summary: 'Show the branch and the changes of every repo',
  calls: () => [{ action: 'repo.status', input: {} }],
  lines: (told) => statusesIn(told).map(statusLine),
  json: (told) => statusesIn(told).map(statusJson),
};

function statusesIn(told: Told): RepoStatus[] {
  return dataOf<{ repos: RepoStatus[] }>(told, 'repo.status')?.repos ?? [];
}

const sync: Acting = {
  id: 'workspace.sync',
  summary: 'Bring every repo up to date, and clone what is missing',
  calls: () => [{ action: 'workspace.sync', input: {} }],
  would: (_, __, repos) => repos.map((repo) => `would fetch/pull ${repo}`),
  lines: (told) =>
    syncsOf(told).map(({ repo, status, message }) => `  ${repo} — ${SYNC_WORDS[status](message)}`),
  json: (told) => ({ repos: syncsOf(told) }),
};

const SYNC_WORDS = {
  synced: () => 'synced',
  absent: () => 'not cloned, skipping',
  failed: (message?: string) => `failed: ${message ?? ''}`,
};

function syncsOf(told: Told) {
  return repoResults(told).map(({ repo, success, message, failure }) => {
    if (success) return { repo, status: 'synced' as const };
    const isAbsent = failure?.code === 'repo-url-missing';
    return { repo, status: isAbsent ? ('absent' as const) : ('failed' as const), message };
  });
}

export const workspace: readonly Acting[] = [init, add, remove, status, sync];
