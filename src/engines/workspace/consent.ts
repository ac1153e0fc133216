import type { Context } from '#engines/core/context.ts';
import { GantryError } from '#engines/core/errors.ts';
import type { ChoiceStep, Rest, Target } from '#engines/core/plan.ts';
import { commandsFingerprint, commandsOf } from './commands.ts';
import { workspaceError } from './errors.ts';
import { workspaceConsent } from './facts.ts';
import { isGiven, isTrusted, trustStep } from './trust.ts';
import type { Workspace } from './types.ts';

/**
 * The step that asks a person, once, when the plan is applied, and records a yes; none where trust was given already.
 * It goes before everything that runs a command of the workspace; without a yes those steps find the workspace
 * untrusted, each for itself. The plan is the same whoever makes it, so that its hash is.
 */
export function offerTrust(context: Context, workspace: Workspace): ChoiceStep[] {
  if (isTrusted(context, workspace)) return [];
  const { id, target, expects, ...yes } = trustStep(context, workspace);
  const rest = (reason: string): Rest => ({ status: 'skipped', reason });
  return [
    {
      id,
      target,
      expects,
      fact: workspaceConsent.id,
      args: { root: workspace.root, commands: commandsOf(workspace) },
      outcomes: { yes, no: rest('trust was not given'), unasked: rest('nobody was there to be asked') },
    },
  ];
}

/** As `offerTrust`, for what can't be done without: the commands that would have run are in the failure. */
export function requireTrust(
  context: Context,
  workspace: Workspace,
  commands: readonly string[],
): ChoiceStep[] {
  const offers = offerTrust(context, workspace);
  if (offers.length === 0) return [];
  const { failure } = untrusted(workspace, commands);
  if (context.actor.kind !== 'human') throw new GantryError(failure);
  const refused: Rest = { status: 'refused', reason: failure.message, failure };
  return offers.map((offer) => ({
    ...offer,
    outcomes: { ...offer.outcomes, no: refused, unasked: refused },
  }));
}

/** Asks the person who applies the plan; a yes that was given meanwhile counts. */
export async function readConsentFact(
  { root, commands }: { root: string; commands: string[] },
  _: Target,
  context: Context,
): Promise<string> {
  if (isGiven(context, root, commandsFingerprint(commands))) return 'yes';
  if (context.actor.kind !== 'human') return 'unasked';
  const answer = await context.ask({ kind: 'trust', workspace: root, commands });
  if (answer.kind === 'needs-input') return 'unasked';
  return answer.kind === 'yes' ? 'yes' : 'no';
}

export function untrusted({ name, root }: Workspace, commands: readonly string[]): GantryError {
  return workspaceError(
    'workspace-untrusted',
    `${name} brings commands that nobody has trusted on this machine.`,
    {
      next: ['gantry workspace trust'],
      details: { workspace: root, commands: [...commands] },
    },
  );
}
