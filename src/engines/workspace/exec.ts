import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { type Application, type Applied, call } from '#engines/core/operation.ts';
import type { Draft, Target } from '#engines/core/plan.ts';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { quote } from '#engines/core/shell.ts';
import { type Ended, runChild } from './child.ts';
import { workspaceError } from './errors.ts';
import { workspaceExec } from './operations.ts';
import { readWorkspace, selectRepos } from './read.ts';
import { repoTarget, splitByPresence } from './targets.ts';
import type { ExecResult } from './types.ts';

/** Failures whose details are how the command ended. */
const ENDED_BADLY: ReadonlySet<string> = new Set(['command-failed', 'command-unstarted']);

interface Args {
  command: string[];
}

export async function planExec(
  { repos, command, parallel }: Args & { repos: string[]; parallel: number },
  context: Context,
): Promise<Draft> {
  const chosen = selectRepos(await readWorkspace(context), repos);
  const { present, refused } = await splitByPresence(chosen);
  const steps = present.map((repo) => ({
    id: `${repo.name}/1`,
    target: repoTarget(repo),
    expects: [],
    ...call(workspaceExec, { command }),
  }));
  return { steps, refused, parallel };
}

export async function applyExec({ args, target }: Application<Args>, context: Context): Promise<Applied> {
  const ended = await runChild(context, {
    argv: args.command,
    cwd: target.path ?? context.cwd,
    target: target.name,
  });
  if (ended.exitCode === 0) return { summary: 'exit code 0', result: { ...ended } };
  if (!ended.started) throw unstarted(args.command, target, ended);
  const what = ended.reason ?? `${args.command[0]} ended with exit code ${ended.exitCode}`;
  throw workspaceError('command-failed', `${target.name}: ${what}.`, {
    next: [`gantry workspace exec --repos ${quote(target.name)} -- ${args.command.map(quote).join(' ')}`],
    details: { ...ended },
  });
}

function unstarted([program = '']: string[], { name }: Target, ended: Ended): GantryError {
  return workspaceError('command-unstarted', `${name}: ${ended.reason}.`, {
    next: [`command -v ${quote(program)}`],
    details: { ...ended },
  });
}

/** Nobody can tell how far a command of the caller's came before its process died: it is not run twice. */
export async function checkExec(): Promise<'unknown'> {
  return 'unknown';
}

export function concludeExec({ steps }: Receipt): { repos: ExecResult[] } {
  return { repos: steps.map(resultOf) };
}

function resultOf({ target, status, result, failure }: StepReceipt): ExecResult {
  const ended = (result ??
    (failure && ENDED_BADLY.has(failure.code) ? failure.details : undefined) ??
    {}) as Partial<Ended>;
  return {
    repo: target.name,
    status,
    exitCode: ended.exitCode ?? null,
    stdout: ended.stdout ?? '',
    stderr: ended.stderr ?? '',
    truncated: ended.truncated ?? false,
    reason: ended.reason ?? failure?.message ?? null,
  };
}
