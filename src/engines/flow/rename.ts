import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, OperationStep } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitRef } from '#engines/git/facts.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { gitBranchRename, gitConfigEdit } from '#engines/git/operations.ts';
import type { Verdict } from '#engines/repo/choose.ts';
import { requireName, requireRoomFor } from './check.ts';
import { type Course, createCourse } from './course.ts';
import { flowError } from './errors.ts';
import { hooksOf } from './hooks/hooks.ts';
import { planExisting } from './plan.ts';
import { branchOf, type FlowState, type LocalBranch } from './state.ts';

interface RenameInput {
  name: string;
  to: string;
  repos: string[];
}

/** The published branch, if there is one, keeps its name until the new one is published. */
export const planRename =
  (kind: FlowKind) =>
  ({ name, to, repos }: RenameInput, context: Context): Promise<Draft> =>
    planExisting(context, { kind, name, repos, absent: left(kind, to) }, async (state, branch, bounded) => {
      const { repo, branches, home } = state;
      const renamed = branchOf(state, kind, to);
      await requireName(bounded, state, { kind, name: to, branch: renamed, style: 'avh' });
      if (branches.has(renamed)) {
        throw flowError('flow-branch-exists', `${repo.name} has a branch ${renamed} already.`, {
          next: [`gantry flow ${kind} list --repos ${quote(repo.name)}`],
        });
      }
      requireRoomFor({ ...state, branches: withoutOwn(branches, branch) }, kind, renamed);
      const { oid } = branches.get(branch) as LocalBranch;
      const course = createCourse(bounded, state);
      const hooks = await hooksOf(bounded, state, { kind, verb: 'rename', name, branch });
      hooks.before(course);
      course.add(home.target, call(gitBranchRename, { from: branch, to: renamed, oid }), [
        expect(gitRef, { ref: `refs/heads/${branch}` }, oid),
        expect(gitRef, { ref: `refs/heads/${renamed}` }, 'absent'),
      ]);
      moveBase(course, state, { branch, renamed });
      hooks.after(course);
      return { steps: course.steps };
    });

/** It makes room for its new name. */
function withoutOwn(branches: ReadonlyMap<string, LocalBranch>, branch: string) {
  return new Map([...branches].filter(([name]) => name !== branch));
}

/** What an earlier run did not come to: git has the branch under its new name, and git-flow knows it under the old one. */
const left =
  (kind: FlowKind, to: string) =>
  (state: FlowState, branch: string): Verdict | undefined => {
    const renamed = branchOf(state, kind, to);
    if (!state.branches.has(renamed)) return undefined;
    if (!state.model.bases.has(branch)) return { settled: `is ${renamed} already` };
    const steps: OperationStep[] = [];
    moveBase(
      { add: (target, run) => steps.push({ ...run, id: `${state.repo.name}/1`, target, expects: [] }) },
      state,
      {
        branch,
        renamed,
      },
    );
    return { steps };
  };

function moveBase(
  course: Pick<Course, 'add'>,
  { model, home }: FlowState,
  { branch, renamed }: { branch: string; renamed: string },
): void {
  const base = model.bases.get(branch);
  if (base === undefined) return;
  const edits = [
    { key: `gitflow.branch.${renamed}.base`, value: base, before: model.bases.get(renamed) ?? null },
    { key: `gitflow.branch.${branch}.base`, value: null, before: base },
  ];
  course.add(home.target, call(gitConfigEdit, { edits }));
}
