import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type Application, type Applied, call } from '#engines/core/operation.ts';
import type { ChoiceStep, Target } from '#engines/core/plan.ts';
import { quote, shellArgv } from '#engines/core/shell.ts';
import { gitDirectories, readText } from '#engines/git/directory.ts';
import { placeOf } from '#engines/git/observe.ts';
import { worktreeIs } from '#engines/git/worktree/observe.ts';
import { mainOf } from '#engines/git/worktree/place.ts';
import { runChild } from '#engines/workspace/child.ts';
import { commandsFingerprint, commandsOf } from '#engines/workspace/commands.ts';
import { untrusted } from '#engines/workspace/consent.ts';
import { workspaceTrust } from '#engines/workspace/facts.ts';
import { lastWords } from '#engines/workspace/setup.ts';
import type { Workspace } from '#engines/workspace/types.ts';
import { worktreeError } from './errors.ts';
import { worktreeSetup } from './operations.ts';

interface Setup {
  command: string;
  set: string;
  branch: string;
}

/** In what git keeps of a worktree: the command by which it was set up. It goes and comes back with it. */
const MARK = 'gantry-setup';

/** Runs the command in a trusted workspace, and says so in another one. */
export function setupStep(
  workspace: Workspace,
  { id, target, ...setup }: Setup & { id: string; target: Target },
): ChoiceStep {
  const { failure } = untrusted(workspace, [setup.command]);
  const next = ['gantry workspace trust', again(setup.set, target)];
  return {
    id,
    target,
    expects: [],
    fact: workspaceTrust.id,
    args: { root: workspace.root, commands: commandsFingerprint(commandsOf(workspace)) },
    outcomes: {
      trusted: call(worktreeSetup, { ...setup }),
      untrusted: { status: 'refused', reason: failure.message, failure: { ...failure, next } },
    },
  };
}

export function isSetUp(path: string, command: string): boolean {
  const own = gitDirectories(path)?.own;
  return own !== undefined && readText(join(own, MARK)) === command;
}

/** It happened if it came to its end; such commands are written to be run again. */
export async function checkSetup(
  { args, target }: Application<Setup>,
  context: Context,
): Promise<Applied | undefined> {
  return isSetUp(placeOf(target), args.command) ? setUp(target, context) : undefined;
}

export async function applySetup({ args, target }: Application<Setup>, context: Context): Promise<Applied> {
  const path = placeOf(target);
  const ended = await runChild(context, {
    argv: shellArgv(args.command),
    cwd: path,
    target: target.name,
    env: {
      GANTRY_WORKTREE: path,
      GANTRY_SET: args.set,
      GANTRY_REPO: target.name,
      GANTRY_BRANCH: args.branch,
      GANTRY_MAIN: mainOf(target),
    },
  });
  if (ended.exitCode !== 0) {
    const what = ended.reason ?? `the setup ended with exit code ${ended.exitCode}`;
    throw worktreeError('worktree-setup-failed', `${target.name}: ${what}${lastWords(ended)}.`, {
      next: [again(args.set, target), `gantry worktree remove ${quote(args.set)}`],
      details: { ...ended },
    });
  }
  const own = gitDirectories(path)?.own;
  if (own) await writeFile(join(own, MARK), args.command);
  return setUp(target, context);
}

async function setUp(target: Target, context: Context): Promise<Applied> {
  return { summary: 'set up', leaves: [await worktreeIs(context, target)] };
}

function again(set: string, { name }: Target): string {
  return `gantry worktree add ${quote(set)} --repos ${quote(name)}`;
}
