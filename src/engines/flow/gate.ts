import type { ChoiceStep, Rest } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitStanding } from '#engines/git/facts.ts';
import type { Course } from './course.ts';
import { flowError } from './errors.ts';
import type { FlowState } from './state.ts';

/** After a fetch: goes on unless the remote has commits that a branch lacks. */
export function gateOnRemote(course: Course, state: FlowState, branch: string): void {
  const { repo, model, home } = state;
  const remote = `${model.origin}/${branch}`;
  const goOn: Rest = { status: 'skipped', reason: `${branch} has all of ${remote}` };
  const stop = (how: string): Rest => {
    const { failure } = flowError('flow-base-behind', `${repo.name}: ${branch} ${how} ${remote}.`, {
      next: [`gantry flow sync --repos ${quote(repo.name)}`],
    });
    return { status: 'refused', reason: failure.message, failure };
  };
  const outcomes: ChoiceStep['outcomes'] = {
    equal: goOn,
    ahead: goOn,
    none: { status: 'skipped', reason: `there is no ${remote}` },
    behind: stop('is behind'),
    diverged: stop('has diverged from'),
  };
  course.choose(home.target, {
    fact: gitStanding.id,
    args: { ref: `refs/heads/${branch}`, against: `refs/remotes/${remote}` },
    outcomes,
  });
}
