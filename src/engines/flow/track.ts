import type { Context } from '#engines/core/context.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import type { FlowKind } from '#engines/git/flow-config.ts';
import { requireClean, requireIdle, requireName } from './check.ts';
import { createCourse } from './course.ts';
import { flowError } from './errors.ts';
import { requireRemote } from './finish/push.ts';
import { hooksOf } from './hooks/hooks.ts';
import { planFlow, type Style, styleOf } from './plan.ts';
import { addTrack } from './remote-branch.ts';
import { branchOf } from './state.ts';

interface TrackInput {
  name: string;
  repos: string[];
  style?: Style;
}

/** Fetches, because who tracks a branch has often just been told of it; repos whose remote has none are left as they are. */
export const planTrack =
  (kind: FlowKind) =>
  async ({ name, repos, ...input }: TrackInput, context: Context): Promise<Draft> => {
    const isAvh = (await styleOf(context, input.style)) === 'avh';
    return planFlow(context, repos, async (state, bounded) => {
      const { repo, branches, home } = state;
      const branch = branchOf(state, kind, name);
      await requireName(bounded, state, { kind, name, branch, style: 'avh' });
      if (branches.has(branch)) {
        throw flowError('flow-branch-exists', `${repo.name} has a branch ${branch} already.`, {
          next: [`gantry flow ${kind} checkout ${quote(name)} --repos ${quote(repo.name)}`],
        });
      }
      await requireRemote(bounded, state);
      if (isAvh) await requireClean(bounded, home.target);
      requireIdle(home.target);
      const course = createCourse(bounded, state);
      const hooks = await hooksOf(bounded, state, { kind, verb: 'track', name, branch });
      hooks.before(course);
      addTrack(course, state, branch);
      hooks.after(course);
      return { steps: course.steps };
    });
  };
