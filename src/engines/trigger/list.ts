import { readHttpSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { readServers } from '#engines/daemon/servers.ts';
import { jobsNamed } from '#engines/job/noun.ts';
import { lastRuns } from '#engines/job/runs.ts';
import { ensureToken } from '#engines/secrets/token.ts';
import { store } from '#engines/store/store.ts';
import { isOn } from './definition.ts';
import { triggerError } from './errors.ts';
import { tokenFile } from './files.ts';
import { TRIGGER } from './noun.ts';
import { type RunRow, runRow, type Served, type TriggerRow, triggerRows } from './rows.ts';

export async function readList(
  { names }: { names: string[] },
  context: Context,
): Promise<{ triggers: TriggerRow[] }> {
  return { triggers: triggerRows(jobsNamed(TRIGGER, names, context), servedTo(context), context) };
}

/** Also of a trigger that is there no longer. */
export async function readHistory(
  { name, limit }: { name: string; limit: number },
  context: Context,
): Promise<{ runs: RunRow[]; passed: TriggerRow['passed'] }> {
  const runs = lastRuns(context.use(store), { kind: 'trigger', name }, limit);
  const known = TRIGGER.records.find(context.use(store), name);
  if (!known && runs.length === 0) jobsNamed(TRIGGER, [name], context);
  return { runs: runs.map(runRow), passed: known?.progress.passed ?? null };
}

export async function readToken({ name }: { name: string }, context: Context): Promise<{ token: string }> {
  const [trigger] = jobsNamed(TRIGGER, [name], context);
  if (!trigger || !isOn(trigger.definition, 'webhook')) {
    throw triggerError('trigger-no-token', `${name} is no webhook.`, { next: ['gantry trigger list'] });
  }
  const file = tokenFile(context.paths, name);
  if (context.actor.kind === 'agent') {
    throw triggerError('trigger-token-private', `The token of ${name} is not told to agents.`, {
      next: [`gantry trigger token ${name}`],
    });
  }
  return { token: ensureToken(file) };
}

/** Where webhooks and tasks are told, as the daemon says it. */
export function servedTo({ paths, env }: Pick<Context, 'paths' | 'env'>): Served {
  const found = readServers(paths).find(({ name }) => name === 'http');
  const port = found?.port ?? readHttpSettings({ paths, env })['http.port'];
  const problem = found ? found.problem : 'the daemon does not listen yet';
  return { url: `http://127.0.0.1:${port}`, problem };
}
