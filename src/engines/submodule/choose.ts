import { join } from 'node:path';
import { readSettings } from '#engines/config/read.ts';
import type { Context } from '#engines/core/context.ts';
import { nearest } from '#engines/core/nearest.ts';
import type { Draft, Target } from '#engines/core/plan.ts';
import { slots } from '#engines/core/slots.ts';
import { patiently } from '#engines/git/patience.ts';
import { PLANNING, type Verdict } from '#engines/repo/choose.ts';
import { readWorkspace, selectRepos } from '#engines/workspace/read.ts';
import { refusalOf, splitByPresence } from '#engines/workspace/targets.ts';
import type { WorkspaceRepo } from '#engines/workspace/types.ts';
import { submoduleError } from './errors.ts';
import { readRows } from './read.ts';
import type { Submodule } from './types.ts';

export interface Chosen {
  repo: WorkspaceRepo;
  row: Submodule;
  /** The submodule itself; it shares the lock and the place in the plan of its repo. */
  target: Target;
}

type PlanOne = (chosen: Chosen, context: Context) => Promise<Verdict>;

interface Choice {
  /** Paths or names; none stands for all. */
  submodules: readonly string[];
  repos: readonly string[];
}

/** Submodules that are looked at at once. */
const WIDTH = 8;

/** Plans each submodule for itself: what one can't do is its own refusal. */
export async function planEach(context: Context, choice: Choice, plan: PlanOne): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const limit = (await readSettings(context, workspace))['repo.budget'] * PLANNING;
  const { present, refused } = await splitByPresence(selectRepos(workspace, choice.repos));
  const rows = await Promise.all(
    present.map(async (repo) => (await readRows(context, repo)).map((row) => chosenOf(repo, row))),
  );
  const chosen = select(rows.flat(), choice.submodules);
  const pool = slots(WIDTH);
  const drafts = await Promise.all(
    chosen.map((one) =>
      pool.run(() =>
        planOne(one, (given) =>
          patiently(context, { name: one.row.id, path: one.repo.path, limit }, (bounded) =>
            plan(given, bounded),
          ),
        ),
      ),
    ),
  );
  return {
    steps: drafts.flatMap(({ steps }) => steps),
    settled: drafts.flatMap(({ settled = [] }) => settled),
    refused: [...(choice.repos.length > 0 ? refused : []), ...drafts.flatMap(({ refused: own = [] }) => own)],
  };
}

function chosenOf(repo: WorkspaceRepo, row: Submodule): Chosen {
  const target: Target = { kind: 'repo', name: row.id, path: join(repo.path, row.path), repo: repo.path };
  return { repo, row, target };
}

function select(all: readonly Chosen[], names: readonly string[]): readonly Chosen[] {
  if (names.length === 0) return all;
  const wanted = names.map((name) => name.replace(/(.)\/+$/, '$1'));
  const unknown = wanted.find((name) => !all.some(({ row }) => row.path === name || row.name === name));
  if (unknown !== undefined) throw unknownSubmodule(unknown, all);
  return all.filter(({ row }) => wanted.includes(row.path) || wanted.includes(row.name));
}

function unknownSubmodule(name: string, all: readonly Chosen[]) {
  const known = all.flatMap(({ row }) => [row.path, row.name]);
  const close = nearest(name, known);
  const hint = close === undefined ? '' : ` Did you mean ${close}?`;
  return submoduleError('submodule-unknown', `There is no submodule ${JSON.stringify(name)}.${hint}`, {
    next: ['gantry submodule list'],
    details: { name, ...(close === undefined ? {} : { nearest: close }) },
  });
}

async function planOne(chosen: Chosen, plan: (chosen: Chosen) => Promise<Verdict>): Promise<Draft> {
  const { target } = chosen;
  try {
    const verdict = await plan(chosen);
    return 'steps' in verdict ? verdict : { steps: [], settled: [{ target, reason: verdict.settled }] };
  } catch (thrown) {
    return { steps: [], refused: [refusalOf(target, thrown)] };
  }
}
