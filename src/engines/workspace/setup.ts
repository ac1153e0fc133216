import { stripVTControlCharacters } from 'node:util';
import type { Context } from '#engines/core/context.ts';
import { type Application, type Applied, call } from '#engines/core/operation.ts';
import type { ChoiceStep, Draft, Step } from '#engines/core/plan.ts';
import { quote, shellArgv } from '#engines/core/shell.ts';
import { type Ended, runChild } from './child.ts';
import { commandsFingerprint, commandsOf } from './commands.ts';
import { offerTrust, untrusted } from './consent.ts';
import { workspaceError } from './errors.ts';
import { workspaceTrust } from './facts.ts';
import { workspaceSetup } from './operations.ts';
import { readWorkspace, selectRepos } from './read.ts';
import { repoTarget, splitByPresence } from './targets.ts';
import type { Workspace, WorkspaceRepo } from './types.ts';

export async function planSetup({ repos }: { repos: string[] }, context: Context): Promise<Draft> {
  const workspace = await readWorkspace(context);
  const { present, refused } = await splitByPresence(selectRepos(workspace, repos));
  const settled = present
    .filter((repo) => !repo.setup)
    .map((repo) => ({ target: repoTarget(repo), reason: 'has no setup command' }));
  const trust = present.length === settled.length ? [] : offerTrust(context, workspace);
  const steps = present.flatMap((repo) => setupSteps(workspace, repo, { number: 1, trust }));
  return { steps: [...trust, ...steps], refused, settled };
}

interface Placing {
  /** Number of the step among those of its repo. */
  number: number;
  /** The step that asks for trust, where nobody gave it before. */
  trust: Step[];
}

/** Runs the setup command of a repo if the workspace is trusted by then, and says so otherwise. */
export function setupSteps(
  workspace: Workspace,
  repo: WorkspaceRepo,
  { number, trust }: Placing,
): ChoiceStep[] {
  if (!repo.setup) return [];
  const { failure } = untrusted(workspace, [repo.setup]);
  const next = ['gantry workspace trust', `gantry workspace setup ${quote(repo.name)}`];
  return [
    {
      id: `${repo.name}/${number}`,
      target: repoTarget(repo),
      expects: [],
      after: trust.map((step) => step.id),
      fact: workspaceTrust.id,
      args: { root: workspace.root, commands: commandsFingerprint(commandsOf(workspace)) },
      outcomes: {
        trusted: call(workspaceSetup, { command: repo.setup }),
        untrusted: { status: 'refused', reason: failure.message, failure: { ...failure, next } },
      },
    },
  ];
}

export async function applySetup(
  { args, target }: Application<{ command: string }>,
  context: Context,
): Promise<Applied> {
  const ended = await runChild(context, {
    argv: shellArgv(args.command),
    cwd: target.path ?? context.cwd,
    target: target.name,
  });
  if (ended.exitCode === 0) return { summary: 'set up', result: { ...ended } };
  const what = ended.reason ?? `the setup ended with exit code ${ended.exitCode}`;
  throw workspaceError('setup-failed', `${target.name}: ${what}${lastWords(ended)}.`, {
    next: [`gantry workspace setup ${quote(target.name)}`],
    details: { ...ended },
  });
}

/** The last lines of what it wrote, its errors first, as one. */
export function lastWords({ stdout, stderr }: Ended): string {
  const lines = (stderr.trim() || stdout.trim()).split(/[\r\n]+/).slice(-LAST_LINES);
  const words = lines.map((line) => stripVTControlCharacters(line).trim()).join(' / ');
  return words === '' ? '' : `: ${words.slice(-LONGEST_WORDS)}`;
}

const LAST_LINES = 3;
/** Characters. */
const LONGEST_WORDS = 500;

/** Setups are written to be run again, and nobody can tell how far one came. */
export async function checkSetup(): Promise<undefined> {
  return undefined;
}
