import type { Context } from '#engines/core/context.ts';
import { type Application, type Applied, call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { resource } from '#engines/core/resource.ts';
import { quote } from '#engines/core/shell.ts';
import { type Slots, slots } from '#engines/git/slots.ts';
import { type Ended, runChild } from './child.ts';
import { workspaceError } from './errors.ts';
import { workspaceExec } from './operations.ts';
import { readWorkspace, selectRepos } from './read.ts';
import { repoTarget, splitByPresence } from './targets.ts';
import type { ExecResult } from './types.ts';

interface Args {
  command: string[];
  parallel: number;
}

export async function planExec(
  { repos, command, parallel }: Args & { repos: string[] },
  context: Context,
): Promise<Draft> {
  const chosen = selectRepos(await readWorkspace(context), repos);
  const { present, refused } = await splitByPresence(chosen);
  const steps = present.map((repo) => ({
    id: `${repo.name}/1`,
    target: repoTarget(repo),
    expects: [],
    ...call(workspaceExec, { command, parallel }),
  }));
  return { steps, refused };
}

export async function applyExec({ args, target }: Application<Args>, context: Context): Promise<Applied> {
  const pool = context.use(execSlots)(context.signal, args.parallel);
  const ended = await pool.run(context.signal, () =>
    runChild(context, { argv: args.command, cwd: target.path ?? context.cwd, target: target.name }),
  );
  if (ended.exitCode === 0) return { summary: 'exit code 0', result: { ...ended } };
  const what = ended.reason ?? `${args.command[0]} ended with exit code ${ended.exitCode}`;
  throw workspaceError('command-failed', `${target.name}: ${what}.`, {
    next: [`gantry workspace exec --repos ${quote(target.name)} -- ${args.command.map(quote).join(' ')}`],
    details: { ...ended },
  });
}

/** Nobody can tell how far a command of the caller's came before its process died. */
export async function checkExec(): Promise<undefined> {
  return undefined;
}

export function concludeExec({ steps }: Receipt): { repos: ExecResult[] } {
  return { repos: steps.map(resultOf) };
}

function resultOf({ target, status, result, failure }: StepReceipt): ExecResult {
  const ended = (result ??
    (failure?.code === 'command-failed' ? failure.details : undefined) ??
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

/** How many commands of one activity run at once; an activity is told by its signal. */
const execSlots = resource<(activity: AbortSignal, limit: number) => Slots>({
  id: 'workspace.exec-slots',
  open: () => {
    const pools = new WeakMap<AbortSignal, Slots>();
    return (activity, limit) => {
      const pool = pools.get(activity) ?? slots(limit);
      pools.set(activity, pool);
      return pool;
    };
  },
  close: () => {},
});
