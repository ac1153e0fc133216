import type { Context } from '#engines/core/context.ts';
import { type Draft, isChoice, type Step } from '#engines/core/plan.ts';
import { offerTrust } from '#engines/workspace/consent.ts';
import { workspaceTrust } from '#engines/workspace/facts.ts';
import type { Workspace } from '#engines/workspace/types.ts';

/** The question for trust comes before everything that needs it. */
export function withTrust(context: Context, workspace: Workspace, draft: Draft): Draft {
  if (!draft.steps.some(needsTrust)) return draft;
  const trust = offerTrust(context, workspace);
  const after = trust.map(({ id }) => id);
  const own = draft.steps.filter(({ id }) => !after.includes(id));
  const steps = own.map((step) => (needsTrust(step) ? { ...step, after } : step));
  return { ...draft, steps: [...trust, ...steps] };
}

function needsTrust(step: Step): boolean {
  return isChoice(step) && step.fact === workspaceTrust.id;
}
