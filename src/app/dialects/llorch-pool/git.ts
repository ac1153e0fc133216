import type { Tool } from '#engines/doctor/types.ts';
import type { Detail, PullResult } from '#engines/repo/types.ts';
import type { SubmoduleStatus } from '#engines/submodule/types.ts';
import type { Acting, Call, Given, Place, Told } from '../dialect.ts';
import { dataOf, failureIn } from '../told.ts';
import { statusLines } from './status.ts';
import { resultLines, rowsOf, statusesIn } from './submodules.ts';

const BRANCH = 'origin/main';
const UPDATE = 'submodule.update';

const status: Acting = {
  id: 'git.status',
  summary: 'Show the repository, its submodules and the Rust toolchain',
  calls: (_, place) => [
    { action: 'repo.detail', input: { repo: place.repo } },
    { action: 'submodule.status', input: { repos: reposOf(place) } },
    { action: 'doctor.toolchain', input: {} },
  ],
  lines: (told) => statusLines(statusOf(told)),
  json: (told) => {
    const { detail, submodules, tools } = statusOf(told);
    const { status, changes } = detail;
    return {
      path: status.path,
      branch: status.branch,
      commit: status.head,
      upstream: status.upstream,
      ahead: status.ahead,
      behind: status.behind,
      changes,
      submodules,
      toolchain: tools,
    };
  },
};

export interface Status {
  detail: Detail;
  submodules: readonly SubmoduleStatus[];
  tools: readonly Tool[];
}

function statusOf(told: Told): Status {
  return {
    detail: dataOf<Detail>(told, 'repo.detail') as Detail,
    submodules: statusesIn(told),
    tools: dataOf<{ tools: Tool[] }>(told, 'doctor.toolchain')?.tools ?? [],
  };
}

const pull: Acting = {
  id: 'git.pull',
  summary: 'Bring the branch and all submodules up to date',
  calls: (_, place) => [
    { action: 'repo.pull', input: { repos: reposOf(place) } },
    submodulesAsRecorded(place),
  ],
  lines: (told) => [...pulledLines(told), ...resultLines(told, UPDATE)],
  json: (told) => ({ ...pulledIn(told), submodules: rowsOf(told, UPDATE) }),
};

const sync: Acting = {
  id: 'git.sync',
  summary: `Reset the repository to ${BRANCH}, and its submodules to the recorded commits`,
  takes: { force: { type: 'boolean', description: 'Do not ask' } },
  question: ({ force }: Given, { repo }) =>
    force
      ? undefined
      : `This resets ${repo} to ${BRANCH} and its submodules to their recorded commits. Continue?`,
  calls: (_, place) => [
    { action: 'repo.fetch', input: { repos: reposOf(place) } },
    { action: 'repo.reset', input: { repos: reposOf(place), to: BRANCH } },
    submodulesAsRecorded(place),
  ],
  lines: (told) =>
    failureIn(told.made) ? [] : [`${told.place.repo} is at ${BRANCH}`, ...resultLines(told, UPDATE)],
  json: (told) => ({
    repo: told.place.repo,
    to: BRANCH,
    ok: failureIn(told.made) === undefined,
    submodules: rowsOf(told, UPDATE),
  }),
};

export const git: readonly Acting[] = [status, pull, sync];

function reposOf({ repo }: Place): string[] {
  return repo === undefined ? [] : [repo];
}

function submodulesAsRecorded(place: Place): Call {
  return { action: UPDATE, input: { all: true, repos: reposOf(place) } };
}

function pulledIn(told: Told): Partial<PullResult> {
  return dataOf<{ repos: PullResult[] }>(told, 'repo.pull')?.repos[0] ?? {};
}

function pulledLines(told: Told): string[] {
  const { summary = '', subjects = [] } = pulledIn(told);
  return [`${told.place.repo}: ${summary}`, ...subjects.map((subject) => `  ${subject}`)];
}
