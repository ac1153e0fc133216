import type { Context } from '#engines/core/context.ts';
import { variablesOf } from '#engines/env/records.ts';
import { store } from '#engines/store/store.ts';
import { environmentOf } from './environment.ts';
import { logDirectory } from './files.ts';
import { logFile } from './logs/open.ts';
import { type Answer, ask } from './probe/probe.ts';
import { openScan } from './probe/scan.ts';
import type { ProcessRecord } from './records.ts';
import { rowsOf } from './rows.ts';
import type { Probe } from './spec.ts';
import type { Process } from './types.ts';

/** A process as it stands, and what it answers now: `ok` where it is ready and answers well. */
export interface Asked {
  record: ProcessRecord;
  row: Process;
  answer: Answer;
}

/** Asks processes how they are, besides what the daemon asks them by itself. */
export function askAll(records: readonly ProcessRecord[], context: Context): Promise<Asked[]> {
  const rows = rowsOf(records);
  return Promise.all(
    records.map(async (record, index) => {
      const row = rows[index] as Process;
      return { record, row, answer: unasked(record, row) ?? (await answerOf(record, row, context)) };
    }),
  );
}

/** What processes have answered the daemon last, who need not be asked for that. */
export function lastHeard(records: readonly ProcessRecord[]): Asked[] {
  const rows = rowsOf(records);
  return records.map((record, index) => {
    const row = rows[index] as Process;
    const { ok = true, said = 'has not been asked yet' } = row.probed ?? {};
    return { record, row, answer: unasked(record, row) ?? { ok: ok && row.phase === 'running', said } };
  });
}

/** The answer of what can't be asked. */
function unasked({ spec, status }: ProcessRecord, { phase }: Process): Answer | undefined {
  const isAsked = spec.alive !== null || spec.ready !== null;
  if (status.identity !== null && isAsked) return undefined;
  return { ok: phase === 'running', said: isAsked ? 'nothing runs that could be asked' : 'has no probe' };
}

async function answerOf(
  { spec, status }: ProcessRecord,
  { phase }: Process,
  context: Context,
): Promise<Answer> {
  const probe = (spec.alive ?? spec.ready) as Probe;
  const env = environmentOf(spec, {
    machine: context.env,
    variables: variablesOf(context.use(store), spec.sets),
    run: status.run ?? '',
  });
  const output = openScan(logFile(logDirectory(context, spec.name)), status.logAt);
  const answer = await ask(probe, { cwd: spec.cwd, env, output, signal: context.signal });
  return { ok: answer.ok && phase === 'running', said: answer.said };
}
