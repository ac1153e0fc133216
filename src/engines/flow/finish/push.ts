import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { ask } from '#engines/git/ask.ts';
import { gitPush } from '#engines/git/operations.ts';
import type { Course } from '../course.ts';
import { flowError } from '../errors.ts';
import { TRAITS } from '../kinds.ts';
import type { FlowState } from '../state.ts';
import type { Finish } from './input.ts';
import { tagOf } from './tag.ts';

export async function requireRemote(context: Context, { repo, model }: FlowState): Promise<void> {
  const { stdout } = await ask(context, { cwd: repo.path, args: ['remote'] });
  if (stdout.split('\n').includes(model.origin)) return;
  throw flowError('flow-remote-missing', `${repo.name} has no remote ${model.origin}.`, {
    next: [`git -C ${quote(repo.path)} remote add ${quote(model.origin)} ADDRESS`],
  });
}

/** What was merged into, and of a version its own tag and no other. */
export function addPushes(
  course: Course,
  state: FlowState,
  finish: Finish & { targets: readonly string[] },
): void {
  for (const ref of pushed(state, finish)) {
    course.add(
      state.home.target,
      call(gitPush, { remote: state.model.origin, local: ref, upstream: ref, oid: null, setUpstream: false }),
    );
  }
}

function pushed(
  state: FlowState,
  { targets, pushproduction, pushdevelop, pushtag, ...finish }: Finish & { targets: readonly string[] },
): string[] {
  const isTagged = TRAITS[finish.kind].versioned && !finish.notag && pushtag;
  const branches = targets.filter((branch) => (branch === state.model.main ? pushproduction : pushdevelop));
  return [
    ...branches.toReversed().map((branch) => `refs/heads/${branch}`),
    ...(isTagged ? [`refs/tags/${tagOf(state, finish)}`] : []),
  ];
}
