import { realpathSync } from 'node:fs';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Expectation, OperationStep, Target } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import { commandsFingerprint, commandsOf } from './commands.ts';
import { workspaceTrust } from './facts.ts';
import { workspaceTrustSet } from './operations.ts';
import { workspaceTarget } from './targets.ts';
import type { Workspace } from './types.ts';

/** Whether a person trusts every command that the workspace brings now; one that brings none needs no trust. */
export function isTrusted(context: Context, workspace: Workspace): boolean {
  const commands = commandsOf(workspace);
  return commands.length === 0 || isGiven(context, workspace.root, commandsFingerprint(commands));
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

/** Whether exactly the commands with this fingerprint are trusted. */
export function isGiven(context: Context, root: string, fingerprint: string): boolean {
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
