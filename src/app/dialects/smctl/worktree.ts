import type { Property } from '#app/registry/card.ts';
import type { Worktree } from '#engines/worktree/types.ts';
import type { Acting, Call, Given, Place, Told } from '../dialect.ts';
import { dialectError } from '../errors.ts';
import { dataOf, ifDone, repoResults } from '../told.ts';
import { branchOf } from './prefix.ts';
import { linesIfDone, REPOS, reposOf } from './repos.ts';

const NAME: Property = {
  type: 'string',
  positional: true,
  completes: 'set',
  description: 'Name of the worktree set',
};

const add: Acting = {
  id: 'worktree.add',
  summary: 'Make a worktree of one name in every repo',
  takes: {
    name: { ...NAME, completes: undefined },
    repos: REPOS,
    branch: {
      type: 'string',
      completes: 'branch',
      description: 'Branch that it has; feature/NAME unless told',
    },
  },
  calls: (given, place) => [
    {
      action: 'worktree.add',
      input: { name: given.name, repos: reposOf(given), branch: branchFor(given, place) },
    },
    listed(given),
  ],
  would: (given, place) => `would create worktree set '${given.name}' on branch '${branchFor(given, place)}'`,
  lines: (told) =>
    linesIfDone(told, `created worktree set '${told.given.name}' (${repoResults(told).length} repos)`),
  json: (told) => ifDone(told, worktreesIn(told).map(worktreeJson)),
};

function branchFor({ name, branch }: Given, place: Place): string {
  return branch === undefined ? branchOf('feature', name, place) : String(branch);
}

const list: Acting = {
  id: 'worktree.list',
  summary: 'List the worktree sets',
  calls: () => [listed({})],
  lines: (told) => {
    const lines = setsIn(told).map(
      ({ name, worktrees }) => `  ${name} — ${worktrees.map(inWords).join(', ')}`,
    );
    return lines.length > 0 ? lines : ['no active worktrees'];
  },
  json: (told) => setsIn(told),
};

const remove: Acting = {
  id: 'worktree.remove',
  summary: 'Remove the worktrees of a set; their branches stay',
  takes: {
    name: NAME,
    force: { type: 'boolean', description: 'With what is not committed in them' },
    deleteRemote: { type: 'boolean', description: 'Their branches go as well, here and on the remote' },
  },
  finds: {
    asks: (given) => (given.deleteRemote === true ? [listed(given)] : []),
    given: (given, place, made) => ({ ...given, features: featuresIn(worktreesIn({ made }), place) }),
  },
  calls: ({ name, force, features }) => [
    { action: 'worktree.remove', input: { name, force: force === true } },
    ...((features as Feature[] | undefined) ?? []).map((feature) => ({
      action: 'flow.feature.delete',
      input: { ...feature, remote: true, force: force === true },
    })),
  ],
  would: ({ name, deleteRemote }) => [
    `would remove worktree set '${name}'`,
    ...(deleteRemote === true ? ['would delete its branches (local + remote)'] : []),
  ],
  lines: (told) => linesIfDone(told, `removed worktree set '${told.given.name}'`),
  json: (told) => ifDone(told, { removed: told.given.name, force: told.given.force === true }),
};

const cd = {
  summary: 'Print where a worktree set is, for `cd "$(smctl worktree cd NAME)"`',
  takes: {
    name: NAME,
    repo: {
      type: 'string',
      positional: true,
      completes: 'repo',
      description: 'Its worktree of this repo',
    },
  } satisfies Record<string, Property>,
  optional: ['repo'],
  calls: ({ name, repo }: Given) => [{ action: 'worktree.switch', input: { name, repo } }],
  lines: (told: Told) => [String(dataOf<{ path: string }>(told, 'worktree.switch')?.path ?? '')],
  json: (told: Told) => dataOf(told, 'worktree.switch'),
};

export const worktree: readonly Acting[] = [
  add,
  list,
  remove,
  { id: 'worktree.cd', ...cd },
  { id: 'worktree.switch', ...cd },
];

function listed({ name }: Given): Call {
  return { action: 'worktree.list', input: { set: name } };
}

interface WorktreeInfo {
  repo_name: string;
  branch: string;
  path: string;
  exists: boolean;
}

interface WorktreeSet {
  name: string;
  worktrees: WorktreeInfo[];
}

interface Feature {
  name: string;
  repos: string[];
}

/** What is checked out there, by the name of the feature. */
function featuresIn(worktrees: readonly Worktree[], place: Place): Feature[] {
  const prefix = branchOf('feature', '', place);
  const other = worktrees.find(({ branch }) => !branch?.startsWith(prefix));
  if (other) {
    const on = other.branch === null ? 'no branch' : other.branch;
    throw dialectError(
      'options-misfit',
      `worktree remove: --delete-remote is for features, and ${other.repo} is on ${on} there.`,
      { next: ['the same command without --delete-remote'] },
    );
  }
  const features = Map.groupBy(worktrees, ({ branch }) => (branch as string).slice(prefix.length));
  return [...features].map(([name, own]) => ({ name, repos: own.map(({ repo }) => repo) }));
}

function worktreesIn(told: Pick<Told, 'made'>): Worktree[] {
  return dataOf<{ worktrees: Worktree[] }>(told, 'worktree.list')?.worktrees ?? [];
}

/** The sets, each with its worktrees; one made by hand belongs to none. */
function setsIn(told: Told): WorktreeSet[] {
  const sets = Map.groupBy(
    worktreesIn(told).filter(({ set }) => set !== null),
    ({ set }) => set as string,
  );
  return [...sets].map(([name, worktrees]) => ({ name, worktrees: worktrees.map(worktreeJson) }));
}

function worktreeJson({ id, repo, branch, state }: Worktree): WorktreeInfo {
  return { repo_name: repo, branch: branch ?? 'HEAD', path: id, exists: state !== 'missing' };
}

function inWords({ repo_name, branch }: WorktreeInfo): string {
  return `${repo_name}@${branch}`;
}
