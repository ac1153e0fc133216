import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { isMerged } from '#engines/git/branch/standing.ts';
import { gitBranch, gitRef } from '#engines/git/facts.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { requireCommit } from '#engines/git/names.ts';
import { gitBranchStart, gitFetch } from '#engines/git/operations.ts';
import type { Verdict } from '#engines/repo/choose.ts';
import {
  requireBase,
  requireClean,
  requireCurrent,
  requireName,
  requireRoomFor,
  requireTag,
} from './check.ts';
import { baseNote, type Course, createCourse } from './course.ts';
import { flowError } from './errors.ts';
import { isTrue } from './finish/configured.ts';
import { gateOnRemote } from './gate.ts';
import { filtered } from './hooks/filter.ts';
import { type Hooks, hooksOf } from './hooks/hooks.ts';
import { TRAITS } from './kinds.ts';
import { planFlow, type Style, styleOf } from './plan.ts';
import { branchOf, checkedOut, type FlowState } from './state.ts';
import { requireSwitchable } from './switchable.ts';

export interface StartInput {
  name: string;
  base?: string;
  repos: string[];
  fetch: boolean;
  style?: Style;
}

interface Start extends StartInput {
  kind: FlowKind;
  style: Style;
}

export const planStart =
  (kind: FlowKind) =>
  async (input: StartInput, context: Context): Promise<Draft> => {
    const style = await styleOf(context, input.style);
    return planFlow(context, input.repos, (state, bounded) =>
      startOne(bounded, state, { ...input, kind, style }),
    );
  };

async function startOne(context: Context, state: FlowState, told: Start): Promise<Verdict> {
  const start = { ...told, name: await nameIn(context, state, told) };
  const branch = branchOf(state, start.kind, start.name);
  await requireName(context, state, { ...start, branch });
  const base = await baseOf(context, state, start);
  const course = createCourse(context, state);
  if (isStarted(state, branch, base.at) && start.style === 'gantry') {
    noteBase(course, state, start.kind, { branch, base: base.name });
    return course.steps.length > 0 ? { steps: course.steps } : { settled: `${branch} is started` };
  }
  requireFree(state, start.kind, branch, start.name);
  requireRoomFor(state, start.kind, branch);
  if (TRAITS[start.kind].versioned) await requireVersionFree(context, state, start, branch);
  const isClean = TRAITS[start.kind].single || start.kind === 'support';
  if (isClean && !isTrue(state.model.values.get('gitflow.allowdirty')))
    await requireClean(context, state.home.target);
  await requireSwitchable(context, state, base.at);
  if (base.isBranch) await requireCurrent(context, state, base.name);
  addSteps(course, state, {
    kind: start.kind,
    branch,
    base,
    hooks: await hooksOf(context, state, { ...start, verb: 'start', branch, base: base.name }),
    fetch: start.fetch || isTrue(state.model.values.get(`gitflow.${start.kind}.start.fetch`)),
  });
  return { steps: course.steps };
}

/** A version goes through the repository's own filter. */
async function nameIn(context: Context, state: FlowState, { kind, name }: Start): Promise<string> {
  return TRAITS[kind].versioned
    ? filtered(context, state, { filter: `${kind}-start-version`, args: [name] })
    : name;
}

interface Base {
  name: string;
  at: string;
  isBranch: boolean;
}

/** A local branch; of a support branch any commit that is on main. */
async function baseOf(context: Context, state: FlowState, { kind, base, style }: Start): Promise<Base> {
  const { repo, model } = state;
  if (kind === 'support' && base === undefined && style === 'avh') {
    throw flowError('flow-base-unnamed', 'A support branch needs a base.', {
      next: [`gantry flow support start NAME ${quote(model.main)}`],
    });
  }
  const name = base ?? model[TRAITS[kind].from];
  if (kind !== 'support') return { name, at: requireBase(state, name).oid, isBranch: true };
  const isBranch = state.branches.has(name);
  const at = isBranch ? requireBase(state, name).oid : await requireCommit(context, repo.path, name);
  if (await isMerged(context, repo.path, { commit: at, into: requireBase(state, model.main).oid })) {
    return { name, at, isBranch };
  }
  throw flowError('flow-base-missing', `${repo.name}: ${name} is not on ${model.main}.`, {
    next: [`git -C ${quote(repo.path)} log --oneline -5 ${quote(model.main)}`],
  });
}

/** Exactly as starting it leaves it: what an earlier run did not come to is all that is left. */
function isStarted({ branches, home }: FlowState, branch: string, at: string): boolean {
  return branches.get(branch)?.oid === at && home.branch === branch;
}

function requireFree(
  { repo, model, branches, remotes }: FlowState,
  kind: FlowKind,
  branch: string,
  name: string,
) {
  const only = `--repos ${quote(repo.name)}`;
  if (branches.has(branch)) {
    throw flowError('flow-branch-exists', `${repo.name} has a branch ${branch} already.`, {
      next: [`gantry flow ${kind} checkout ${quote(name)} ${only}`],
    });
  }
  if (!remotes.has(`${model.origin}/${branch}`)) return;
  throw flowError('flow-branch-exists', `${branch} of ${repo.name} is on ${model.origin} already.`, {
    next: [`gantry flow ${kind} track ${quote(name)} ${only}`],
  });
}

async function requireVersionFree(
  context: Context,
  state: FlowState,
  { kind, name }: Start,
  branch: string,
): Promise<void> {
  const { repo, model, branches, tags } = state;
  const tag = `${model.tagPrefix}${name}`;
  if (tags.has(tag)) {
    throw flowError('flow-tag-exists', `${repo.name} has a tag ${tag} already.`, {
      next: [`git -C ${quote(repo.path)} show --stat ${quote(tag)} --`],
    });
  }
  await requireTag(context, state, tag);
  const prefix = model.prefixes[kind];
  const open = [...branches.keys()].find((other) => other.startsWith(prefix) && other !== branch);
  if (open === undefined || prefix === '') return;
  if (kind === 'hotfix' && model.values.get('gitflow.multi-hotfix') === 'true') return;
  throw flowError('flow-open', `${repo.name} has ${open} open.`, {
    next: [`gantry flow ${kind} finish ${quote(open.slice(prefix.length))} --repos ${quote(repo.name)}`],
  });
}

interface Started {
  kind: FlowKind;
  branch: string;
  base: Base;
  hooks: Hooks;
  fetch: boolean;
}

function addSteps(course: Course, state: FlowState, { kind, branch, base, hooks, fetch }: Started): void {
  const { home } = state;
  if (fetch) {
    course.add(home.target, call(gitFetch, { prune: false }));
    if (base.isBranch) gateOnRemote(course, state, base.name);
  }
  hooks.before(course);
  course.add(home.target, call(gitBranchStart, { branch, at: base.at, from: checkedOut(home) }), [
    expect(gitBranch, {}, home.branch ?? 'detached'),
    expect(gitRef, { ref: `refs/heads/${branch}` }, 'absent'),
    ...(base.isBranch ? [expect(gitRef, { ref: `refs/heads/${base.name}` }, base.at)] : []),
  ]);
  noteBase(course, state, kind, { branch, base: base.name });
  hooks.after(course);
}

/** A support branch is never finished, so nobody asks what it was started from. */
function noteBase(
  course: Course,
  state: FlowState,
  kind: FlowKind,
  noted: { branch: string; base: string },
): void {
  const note = kind === 'support' ? undefined : baseNote(state, noted);
  if (note) course.add(state.home.target, note);
}
