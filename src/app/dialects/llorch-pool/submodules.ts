import type { Property } from '#app/registry/card.ts';
import type { BranchResult, Submodule, SubmoduleResult, SubmoduleStatus } from '#engines/submodule/types.ts';
import type { Acting, Call, Given, Place, Told } from '../dialect.ts';
import { dialectError } from '../errors.ts';
import { dataOf } from '../told.ts';

const NAME: Property = {
  type: 'string',
  completes: 'submodule',
  description: 'Path or name of the submodule',
};

const list: Acting = {
  id: 'git.submodules.list',
  summary: 'List the submodules with their branches',
  calls: (_, place) => [asked('submodule.list', place)],
  lines: (told) => some(rowsOf<Submodule>(told, 'submodule.list').map(listLine)),
  json: (told) => ({ submodules: rowsOf(told, 'submodule.list') }),
};

const status: Acting = {
  id: 'git.submodules.status',
  summary: 'Show how the submodules stand to their recorded commits',
  calls: (_, place) => [asked('submodule.status', place)],
  lines: (told) => some(statusesIn(told).map(statusLine)),
  json: (told) => ({ submodules: statusesIn(told) }),
};

const update: Acting = {
  id: 'git.submodules.update',
  summary: 'Bring submodules to the newest commit of the branch that they follow',
  takes: { all: { type: 'boolean', description: 'All submodules' }, name: NAME },
  calls: (given, place) => {
    requireOne(given);
    const { name } = given;
    const which = name === undefined ? { all: true } : { submodules: [name] };
    return [{ action: 'submodule.update', input: { ...which, remote: true, repos: [place.repo] } }];
  },
  lines: (told) => resultLines(told, 'submodule.update'),
  json: (told) => ({ submodules: rowsOf(told, 'submodule.update') }),
};

const reset: Acting = {
  id: 'git.submodules.reset',
  summary: 'Reset a submodule to its recorded commit: its edits go, its branch is left',
  takes: { name: NAME },
  calls: (given, place) => [
    { action: 'submodule.reset', input: { submodules: [named(given)], repos: [place.repo] } },
  ],
  lines: (told) => resultLines(told, 'submodule.reset'),
  json: (told) => ({ submodules: rowsOf(told, 'submodule.reset') }),
};

const branch: Acting = {
  id: 'git.submodules.branch',
  summary: 'Show the branches of a submodule, or switch it to one',
  takes: { name: NAME, branch: { type: 'string', completes: 'branch', description: 'Branch to switch to' } },
  calls: (given, place) => [
    {
      action: 'submodule.branch',
      input: { submodule: named(given), branch: given.branch, repos: [place.repo] },
    },
  ],
  lines: (told) =>
    told.given.branch === undefined
      ? rowsOf<BranchResult>(told, 'submodule.branch').flatMap(branchLines)
      : resultLines(told, 'submodule.branch'),
  json: (told) => ({ submodules: rowsOf(told, 'submodule.branch') }),
};

/** What needs no word of its own. */
const WELL: ReadonlySet<string> = new Set(['done', 'skipped']);

export const submodules: readonly Acting[] = [list, status, update, reset, branch];

export function statusLine({ path, standing }: SubmoduleStatus): string {
  return `  ${path}  ${standing}`;
}

export function statusesIn(told: Told): readonly SubmoduleStatus[] {
  return rowsOf<SubmoduleStatus>(told, 'submodule.status');
}

/** What a command came to in each submodule, once it was its turn. */
export function resultLines(told: Told, action: string): string[] {
  return rowsOf<SubmoduleResult>(told, action).map(
    ({ submodule, status, summary }) => `  ${submodule}  ${WELL.has(status) ? '' : `${status}: `}${summary}`,
  );
}

export function rowsOf<R>(told: Told, action: string): readonly R[] {
  return dataOf<{ submodules: R[] }>(told, action)?.submodules ?? [];
}

function listLine({ path, branch, head, url }: Submodule): string {
  const at = head === null ? 'not checked out' : (branch ?? 'detached');
  return `  ${path}  ${at}  ${url ?? ''}`.trimEnd();
}

function branchLines({ submodule, branch, branches }: BranchResult): string[] {
  return [`  ${submodule}  ${branch ?? 'detached'}`, ...branches.map((name) => `    ${name}`)];
}

function asked(action: string, { repo }: Place): Call {
  return { action, input: { repos: [repo] } };
}

function named({ name }: Given): string {
  if (name !== undefined) return String(name);
  throw dialectError('submodule-unnamed', 'Specify --name <submodule>.', {
    next: ['llorch-pool git submodules list'],
  });
}

function requireOne({ name, all }: Given): void {
  if ((name === undefined) === (all === true)) return;
  throw dialectError('submodule-unnamed', 'Specify --name <submodule> or --all.', {
    next: ['llorch-pool git submodules list'],
  });
}

function some(lines: string[]): string[] {
  return lines.length > 0 ? lines : ['No submodules'];
}
