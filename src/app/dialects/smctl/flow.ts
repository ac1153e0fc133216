import type { Property } from '#app/registry/card.ts';
import type { FlowBranch } from '#engines/flow/types.ts';
import type { Acting, Told } from '../dialect.ts';
import { dataOf } from '../told.ts';
import { branchOf, developOf, type Kind } from './prefix.ts';
import { flowResult, linesIfDone, REPOS, reposOf } from './repos.ts';
import { withNextPatch } from './version.ts';

/** How each kind calls what it is named by, many of it, and itself in JSON. */
const KINDS = {
  feature: { by: 'name', many: 'features', type: 'Feature' },
  release: { by: 'version', many: 'releases', type: 'Release' },
  hotfix: { by: 'name', many: 'hotfixes', type: 'Hotfix' },
} as const;

const init: Acting = {
  id: 'flow.init',
  summary: 'Set the branching model up in every repo',
  calls: () => [{ action: 'flow.init', input: {} }],
  would: (_, __, repos) => `would initialize git flow in ${repos.length} repos`,
  lines: (told) => perRepo(told),
  json: (told) => flowResult(told, 'flow init', developOf(told.place)),
};

const sync: Acting = {
  id: 'flow.sync',
  summary: 'Bring the flow branches of every repo up to date',
  takes: { repos: REPOS },
  calls: (given) => [{ action: 'flow.sync', input: { repos: reposOf(given) } }],
  would: () => 'would sync the flow branches of every repo',
  lines: (told) => perRepo(told),
  json: (told) => flowResult(told, 'flow sync', developOf(told.place)),
};

function perRepo(told: Told): string[] {
  return flowResult(told, '', '').repos.map(
    ({ repo_name, success, message }) => `  ${success ? '✓' : '✗'} ${repo_name} — ${message}`,
  );
}

/** A feature may begin with a worktree in each repo, and is then that of `feat`. */
function start(kind: Kind): Acting {
  const { by } = KINDS[kind];
  const takesWorktree = kind === 'feature';
  return {
    id: `flow.${kind}.start`,
    summary: `Begin a ${kind} in every repo`,
    takes: {
      [by]: named(kind),
      ...(takesWorktree
        ? { worktree: { type: 'boolean', description: 'With a worktree in each repo' } }
        : {}),
      repos: REPOS,
    },
    ...(kind === 'hotfix' ? NAMED_BY_VERSION : {}),
    calls: (given) => [
      {
        action: given.worktree ? 'feat' : `flow.${kind}.start`,
        input: {
          name: given[by],
          repos: reposOf(given),
          ...(isFree(kind, given[by]) ? { style: 'avh' } : {}),
        },
      },
    ],
    would: (given) => `would start ${kind} '${given[by]}'`,
    lines: (told) => {
      const name = String(told.given[by]);
      const set = told.given.worktree ? [`created worktree set '${name}'`] : [];
      return linesIfDone(told, `started ${kind} '${branchOf(kind, name, told.place)}'`, ...set);
    },
    json: (told) => flowResult(told, `${kind} start`, branchOf(kind, told.given[by], told.place)),
  };
}

/** A hotfix goes on from what is released. */
const NAMED_BY_VERSION: Pick<Acting, 'optional' | 'finds'> = {
  optional: ['name'],
  finds: {
    asks: (given) =>
      given.name === undefined ? [{ action: 'repo.tags', input: { repos: reposOf(given) } }] : [],
    given: withNextPatch,
  },
};

function finish(kind: Kind): Acting {
  const { by } = KINDS[kind];
  return {
    id: `flow.${kind}.finish`,
    summary:
      kind === 'feature'
        ? 'Merge a feature into develop'
        : `Merge a ${kind} into main and develop, and tag it`,
    takes: {
      [by]: named(kind),
      ...(kind === 'feature' ? FINISH_OPTIONS : {}),
    },
    calls: (given) => [
      {
        action: `flow.${kind}.finish`,
        input: {
          name: given[by],
          ...(given.noDelete || given.no_delete ? { keep: true } : {}),
          ...(given.squash ? { squash: true } : {}),
          ...(isFree(kind, given[by]) ? { notag: true } : {}),
        },
      },
    ],
    would: (given) => `would finish ${kind} '${given[by]}'`,
    lines: (told) => linesIfDone(told, `finished ${kind} '${branchOf(kind, told.given[by], told.place)}'`),
    json: (told) => flowResult(told, `${kind} finish`, branchOf(kind, told.given[by], told.place)),
  };
}

/** smctl names hotfixes as it likes; Gantry's own way names them by their version, which is also their tag. */
function isFree(kind: Kind, name: unknown): boolean {
  return kind === 'hotfix' && !/^\d+\.\d+\.\d+/.test(String(name));
}

const FINISH_OPTIONS: Record<string, Property> = {
  noDelete: { type: 'boolean', description: 'Keep the branch' },
  squash: { type: 'boolean', description: 'As one commit' },
};

function list(kind: Kind): Acting {
  const { many, type } = KINDS[kind];
  const action = `flow.${kind}.list`;
  const branches = (told: Told) => dataOf<{ branches: FlowBranch[] }>(told, action)?.branches ?? [];
  return {
    id: action,
    summary: `List the ${many} of every repo`,
    calls: () => [{ action, input: {} }],
    lines: (told) => {
      const lines = branches(told).map(({ repo, branch }) => `  ${repo} — ${branch}`);
      return lines.length > 0 ? lines : [`no active ${many}`];
    },
    json: (told) =>
      branches(told).map(({ repo, branch }) => ({ repo_name: repo, branch, branch_type: type })),
  };
}

function named(kind: Kind): Property {
  const { by } = KINDS[kind];
  return {
    type: 'string',
    positional: true,
    completes: kind,
    description: by === 'name' ? `Name of the ${kind}` : 'Version that is released',
  };
}

const kinds: readonly Kind[] = ['feature', 'release', 'hotfix'];

export const flow: readonly Acting[] = [
  init,
  sync,
  ...kinds.flatMap((kind) => [start(kind), finish(kind), list(kind)]),
];
