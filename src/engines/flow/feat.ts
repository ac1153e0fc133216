import type { Context } from '#engines/core/context.ts';
import type { Draft, Step } from '#engines/core/plan.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { repoTarget } from '#engines/workspace/targets.ts';
import { type KnownRepos, planAdd } from '#engines/worktree/add.ts';
import { withTrust } from '#engines/worktree/with-trust.ts';
import { requireBase, requireCurrent, requireName } from './check.ts';
import { baseNote, createCourse } from './course.ts';
import { hooksOf } from './hooks/hooks.ts';
import { planFlow } from './plan.ts';
import { branchOf, type FlowState, type Place } from './state.ts';

interface FeatInput {
  name: string;
  repos: string[];
  base?: string;
  noSetup: boolean;
}

/** What a feature has beside its worktree: git-flow's hooks and its note of the base. */
interface Start {
  state: FlowState;
  before: Step[];
  after: Step[];
}

/** A worktree set whose branches are features: what both refuse, this refuses; git-flow knows what each was started from. */
export async function planFeat({ name, repos, base, noSetup }: FeatInput, context: Context): Promise<Draft> {
  const starts = new Map<string, Start>();
  const flow = await planFlow(context, repos, async (found, bounded) => {
    const state = fromMain(found);
    const branch = branchOf(state, 'feature', name);
    await requireName(bounded, state, { kind: 'feature', name, branch, style: 'gantry' });
    const from = requireBase(state, base ?? state.model.develop).name;
    await requireCurrent(bounded, state, from);
    starts.set(state.repo.name, await startOf(bounded, state, { name, branch, base: from }));
    return { settled: 'checked' };
  });
  if (flow.refused?.length) return { steps: [], refused: flow.refused, settled: others(flow) };
  const cloned = [...starts.keys()];
  if (cloned.length === 0) return { steps: [], settled: flow.settled };
  const known: KnownRepos = new Map([...starts].map(([repo, { state }]) => [repo, knownOf(state)]));
  const draft = await planAdd({ name, repos: cloned, base, noSetup }, context, known);
  if (draft.refused?.length) return draft;
  const own = (repo: string) =>
    draft.steps.filter(({ target }) => target.name === repo && target.kind === 'repo');
  const steps = cloned.flatMap((repo) => numbered(repo, own(repo), starts.get(repo) as Start));
  const busy = new Set(steps.map(({ target }) => target.name));
  return withTrust(context, await readWorkspace(context), {
    ...draft,
    steps,
    settled: draft.settled?.filter(({ target }) => !busy.has(target.name)),
  });
}

function knownOf({ model, branches, remotes }: FlowState) {
  return {
    model: { develop: model.develop, prefix: model.prefixes.feature },
    refs: {
      heads: new Map([...branches].map(([name, { oid }]) => [`refs/heads/${name}`, oid])),
      remotes: new Map([...remotes].map(([name, oid]) => [`refs/remotes/${name}`, oid])),
    },
  };
}

/** The worktree is not there yet. */
function fromMain(state: FlowState): FlowState {
  return { ...state, home: state.places[0] as Place };
}

async function startOf(
  context: Context,
  state: FlowState,
  feature: { name: string; branch: string; base: string },
): Promise<Start> {
  const hooks = await hooksOf(context, state, { ...feature, kind: 'feature', verb: 'start' });
  const [before, after] = [createCourse(context, state), createCourse(context, state)];
  hooks.before(before);
  const note = baseNote(state, feature);
  if (note) after.add(repoTarget(state.repo), note);
  hooks.after(after);
  return { state, before: before.steps, after: after.steps };
}

/** A worktree that is there already was begun before: its hooks have run. */
function numbered(repo: string, steps: readonly Step[], { before, after }: Start): Step[] {
  const notes = after.filter((step) => 'op' in step && step.op === 'git.config.edit');
  const all = steps.length > 0 ? [...before, ...steps, ...after] : notes;
  return all.map((step, index) => ({ ...step, id: `${repo}/${index + 1}` }));
}

function others({ settled = [], refused = [] }: Draft): Draft['settled'] {
  const first = refused[0]?.target.name;
  return settled.map((one) =>
    one.reason === 'checked' ? { ...one, reason: `nothing was begun, because ${first} can't` } : one,
  );
}
