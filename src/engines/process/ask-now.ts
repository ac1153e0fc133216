import type { Context } from '#engines/core/context.ts';
import { variablesOf } from '#engines/env/records.ts';
import { store } from '#engines/store/store.ts';
import { environmentOf } from './environment.ts';
import { logDirectory } from './files.ts';
import { logFile } from './logs/open.ts';
import { ask } from './probe/probe.ts';
import { openScan } from './probe/scan.ts';
import type { ProcessRecord } from './records.ts';
import { rowsOf } from './rows.ts';
import type { Process } from './types.ts';

export interface HealthRow {
  process: string;
  ok: boolean;
  phase: Process['phase'];
  said: string;
  port: number | null;
  why: string | null;
}

/** Asks processes how they are, besides what the daemon asks them by itself. */
export function askNow(records: readonly ProcessRecord[], context: Context): Promise<HealthRow[]> {
  const rows = rowsOf(records);
  return Promise.all(records.map((record, index) => healthOf(record, rows[index] as Process, context)));
}

async function healthOf(
  { spec, status }: ProcessRecord,
  { phase, port, why }: Process,
  context: Context,
): Promise<HealthRow> {
  const probe = spec.alive ?? spec.ready;
  const told = { process: spec.name, phase, port, why };
  if (status.identity === null || !probe) {
    return {
      ...told,
      ok: phase === 'running',
      said: probe ? 'nothing runs that could be asked' : 'has no probe',
    };
  }
  const env = environmentOf(spec, {
    machine: context.env,
    variables: variablesOf(context.use(store), spec.sets),
    run: status.run ?? '',
  });
  const output = openScan(logFile(logDirectory(context, spec.name)), status.logAt);
  const answer = await ask(probe, { cwd: spec.cwd, env, output, signal: context.signal });
  return { ...told, ok: answer.ok && phase === 'running', said: answer.said };
}
