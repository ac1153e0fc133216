import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { commandsOf } from './commands.ts';
import { workspaceError } from './errors.ts';
import { readWorkspace } from './read.ts';
import { workspaceTarget } from './targets.ts';
import { expectTrust, give, given, isTrusted, trustStep } from './trust.ts';

interface Args {
  root: string;
  before: string[] | null;
  commands: string[] | null;
}

export async function planTrust(_: unknown, context: Context): Promise<Draft> {
  requirePerson(context);
  const workspace = await readWorkspace(context);
  if (!isTrusted(context, workspace)) return { steps: [trustStep(context, workspace)] };
  const count = commandsOf(workspace).length;
  const reason = count === 0 ? 'brings no commands' : `its ${count} commands are trusted already`;
  return { steps: [], settled: [{ target: workspaceTarget(workspace), reason }] };
}

export async function applyTrust({ args }: Application<Args>, context: Context): Promise<Applied> {
  if (args.commands !== null) requirePerson(context);
  give(context, args.root, args.commands);
  return applied(args);
}

export async function checkTrust(
  { args }: Application<Args>,
  context: Context,
): Promise<Applied | undefined> {
  return canonical(given(context, args.root)) === canonical(args.commands) ? applied(args) : undefined;
}

function applied({ root, before, commands }: Args): Applied {
  return {
    summary: commands === null ? 'trust taken back' : `${commands.length} commands trusted`,
    leaves: commands
      ? [expectTrust(root, commands, 'trusted')]
      : [expectTrust(root, before ?? [], 'untrusted')],
  };
}

function requirePerson({ actor }: Context): void {
  if (actor.kind === 'human') return;
  throw workspaceError('trust-needs-person', `${actor.name} is no person (${actor.kind}).`, {
    next: ['gantry workspace trust'],
  });
}
