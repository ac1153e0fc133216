import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { hasGitFlowNote } from '#engines/git/merge/git-flow-note.ts';
import { isSquashed } from '#engines/git/merge/squashed.ts';
import { placeOf } from '#engines/git/observe.ts';
import { gitFetch } from '#engines/git/operations.ts';
import { requireBase, requireClean, requireCurrent } from '../check.ts';
import { type Course, createCourse } from '../course.ts';
import { gateOnRemote } from '../gate.ts';
import { filtered } from '../hooks/filter.ts';
import { hooksOf } from '../hooks/hooks.ts';
import { flowNoteClear } from '../operations.ts';
import { nameOf, planExisting, styleOf } from '../plan.ts';
import type { FlowState } from '../state.ts';
import { addCleanup, requireLeavable } from './cleanup.ts';
import { asConfigured } from './configured.ts';
import { forwardMain } from './forward.ts';
import type { Finish, FinishInput } from './input.ts';
import { addMerges } from './merges.ts';
import { addPushes, requireRemote } from './push.ts';
import { targetsOf } from './targets.ts';

export const planFinish =
  (kind: FlowKind) =>
  async (input: FinishInput, context: Context): Promise<Draft> => {
    const style = await styleOf(context, input.style);
    const name = await nameOf(context, kind, input.name);
    const { repos } = input;
    const nameIn = (state: FlowState, bounded: Context) => versionIn(bounded, state, kind, name);
    return planExisting(context, { kind, name, repos, nameIn }, async (state, branch, bounded) => {
      const own = branch.slice(state.model.prefixes[kind].length);
      const finish: Finish = {
        ...input,
        kind,
        verb: 'finish',
        name: own,
        branch,
        style,
        leaving: new Set(),
      };
      return { steps: (await finishOne(bounded, state, finish)).steps };
    });
  };

/** git-flow lets the repository have its say in which release is finished, and not which hotfix. */
async function versionIn(context: Context, state: FlowState, kind: FlowKind, name: string): Promise<string> {
  if (kind !== 'release') return name;
  return filtered(context, state, { filter: 'release-finish-version', args: [name] });
}

/**
 * Merges first, then what tells others of them, and only then what takes the branch away: a crash leaves it to go on
 * from. `before` adds what has to be done before the branch can go.
 */
export async function finishOne(
  context: Context,
  found: FlowState,
  asked: Finish,
  before?: (course: Course, finish: Finish) => Promise<void>,
): Promise<Course> {
  const finish = asConfigured(found, asked);
  const targets = targetsOf(found, finish);
  for (const target of targets) requireBase(found, target);
  if (finish.push) await requireRemote(context, found);
  const course = createCourse(context, found);
  const state = finish.ffMaster ? await forwardMain(context, course, found) : found;
  const isPublished = state.remotes.has(`${state.model.origin}/${finish.branch}`);
  if (finish.fetch || (finish.style === 'avh' && isPublished)) {
    course.add(state.home.target, call(gitFetch, { prune: false }));
    for (const branch of [finish.branch, ...targets]) gateOnRemote(course, state, branch);
  }
  for (const branch of [finish.branch, ...targets]) await requireCurrent(context, state, branch);
  if (!(await isSquashing(context, state, finish, targets[0])))
    await requireClean(context, state.home.target);
  const hooks = await hooksOf(context, state, finish);
  hooks.before(course);
  clearNote(course, state);
  const isLoose = hooks.isPreceded && state.home.branch === finish.branch && !finish.squash;
  const merged = await addMerges(context, course, state, { ...finish, targets, isLoose });
  if (!finish.keep && !finish.keeplocal) await requireLeavable(course, state, finish);
  hooks.after(course);
  if (finish.push) addPushes(course, state, { ...finish, targets });
  await before?.(course, finish);
  if (!finish.keep) addCleanup(course, state, { ...finish, moved: merged.moved });
  return course;
}

/** git-flow notes a merge that it left; once that is committed or aborted, the note would lead its next finish astray. */
function clearNote(course: Course, state: FlowState): void {
  for (const { target } of state.places) {
    if (hasGitFlowNote(placeOf(target))) course.add(target, call(flowNoteClear, {}));
  }
}

/** A squash that was broken off before its commit is gone on with. */
async function isSquashing(
  context: Context,
  { home, branches }: FlowState,
  { squash, branch }: Finish,
  into = '',
): Promise<boolean> {
  if (!squash || home.branch !== into) return false;
  const from = branches.get(into)?.oid ?? '';
  const source = { ref: `refs/heads/${branch}`, oid: branches.get(branch)?.oid ?? null };
  return isSquashed(context, placeOf(home.target), { ...source, from });
}
