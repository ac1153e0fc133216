import type { Context } from '#engines/core/context.ts';
import type { Draft, Step } from '#engines/core/plan.ts';
import { repoTarget } from '#engines/workspace/targets.ts';
import { planAdd } from '#engines/worktree/add.ts';
import { requireBase, requireCurrent, requireName } from './check.ts';
import { baseNote } from './course.ts';
import { planFlow } from './plan.ts';
import { branchOf } from './state.ts';

interface FeatInput {
  name: string;
  repos: string[];
  base?: string;
  noSetup: boolean;
}

/** A worktree set whose branches are features: what both refuse, this refuses; git-flow knows what each was started from. */
export async function planFeat({ name, repos, base, noSetup }: FeatInput, context: Context): Promise<Draft> {
  const notes = new Map<string, Step[]>();
  const flow = await planFlow(context, repos, async (state, bounded) => {
    const branch = branchOf(state, 'feature', name);
    await requireName(bounded, state, { kind: 'feature', name, branch, style: 'gantry' });
    const from = requireBase(state, base ?? state.model.develop).name;
    await requireCurrent(bounded, state, from);
    const note = baseNote(state, { branch, base: from });
    const step = { id: '', target: repoTarget(state.repo), expects: [] };
    notes.set(state.repo.name, note ? [{ ...step, ...note }] : []);
    return { settled: 'checked' };
  });
  if (flow.refused?.length) return { steps: [], refused: flow.refused, settled: others(flow) };
  const cloned = [...notes.keys()];
  if (cloned.length === 0) return { steps: [], settled: flow.settled };
  const draft = await planAdd({ name, repos: cloned, base, noSetup }, context);
  if (draft.refused?.length) return draft;
  const steps = [
    ...draft.steps,
    ...cloned.flatMap((repo) => numbered(repo, draft.steps, notes.get(repo) ?? [])),
  ];
  const busy = new Set(steps.map(({ target }) => target.name));
  return { ...draft, steps, settled: draft.settled?.filter(({ target }) => !busy.has(target.name)) };
}

/** They come behind the steps that their repo has. */
function numbered(repo: string, before: readonly Step[], steps: readonly Step[]): Step[] {
  const count = before.filter(({ target }) => target.name === repo).length;
  return steps.map((step, index) => ({ ...step, id: `${repo}/${count + index + 1}` }));
}

function others({ settled = [], refused = [] }: Draft): Draft['settled'] {
  const first = refused[0]?.target.name;
  return settled.map((one) =>
    one.reason === 'checked' ? { ...one, reason: `nothing was begun, because ${first} can't` } : one,
  );
}
