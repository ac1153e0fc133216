import { realpathSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import { GantryError } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { ChoiceStep, Expectation, OperationStep, Rest, Target } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import { commandsFingerprint, commandsOf } from './commands.ts';
import { workspaceError } from './errors.ts';
import { workspaceConsent, workspaceTrust } from './facts.ts';
import { workspaceTrustSet } from './operations.ts';
import { workspaceTarget } from './targets.ts';
import type { Workspace } from './types.ts';

/** Whether a person trusts every command that the workspace brings now; one that brings none needs no trust. */
export function isTrusted(context: Context, workspace: Workspace): boolean {
  const commands = commandsOf(workspace);
  return commands.length === 0 || isGiven(context, workspace.root, commandsFingerprint(commands));
}

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

export function trustStep(context: Context, workspace: Workspace): OperationStep {
  const target: Target = { ...workspaceTarget(workspace), kind: 'store' };
  const args = {
    root: workspace.root,
    before: given(context, workspace.root),
    commands: commandsOf(workspace),
  };
  return { id: 'trust', target, expects: [], ...call(workspaceTrustSet, args) };
}

export function expectTrust(
  root: string,
  commands: readonly string[],
  is: 'trusted' | 'untrusted',
): Expectation {
  return expect(workspaceTrust, { root, commands: commandsFingerprint(commands) }, is);
}

export async function readTrustFact(
  { root, commands }: { root: string; commands: string },
  _: Target,
  context: Context,
): Promise<string> {
  return isGiven(context, root, commands) ? 'trusted' : 'untrusted';
}

/** The commands that are trusted for a root; null where none are. */
export function given(context: Context, root: string): string[] | null {
  const { database } = context.use(store);
  const row = database.prepare('SELECT commands FROM trust WHERE workspace = ?').get(placeOf(root));
  return row ? (JSON.parse(String(row.commands)) as string[]) : null;
}

export function give(context: Context, root: string, commands: readonly string[] | null): void {
  const { database } = context.use(store);
  if (commands === null) {
    database.prepare('DELETE FROM trust WHERE workspace = ?').run(placeOf(root));
    return;
  }
  database
    .prepare('INSERT OR REPLACE INTO trust (workspace, commands, trusted_by, trusted_at) VALUES (?, ?, ?, ?)')
    .run(placeOf(root), JSON.stringify(commands), context.actor.name, context.now());
}

function isGiven(context: Context, root: string, fingerprint: string): boolean {
  const commands = given(context, root);
  return commands !== null && commandsFingerprint(commands) === fingerprint;
}

/** Trust goes by the place itself, not by a link that somebody else could point elsewhere. */
function placeOf(root: string): string {
  try {
    return realpathSync(root);
  } catch {
    return root;
  }
}
