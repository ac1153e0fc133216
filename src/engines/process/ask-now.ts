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
import type { Process } from './types.ts';

/** A process as it stands, and what it answers now: `ok` where it is ready and answers well. */
export interface Asked {
  record: ProcessRecord;
  row: Process;
  answer: Answer;
}

export function askAll(records: readonly ProcessRecord[], context: Context): Promise<Asked[]> {
  const rows = rowsOf(records);
  return Promise.all(
    records.map(async (record, index) => {
      const row = rows[index] as Process;
      return { record, row, answer: await answerOf(record, row, context) };
    }),
  );
}

async function answerOf(
  { spec, status }: ProcessRecord,
  { phase }: Process,
  context: Context,
): Promise<Answer> {
  const probe = spec.alive ?? spec.ready;
  if (status.identity === null || !probe) {
    return { ok: phase === 'running', said: probe ? 'nothing runs that could be asked' : 'has no probe' };
  }
  const env = environmentOf(spec, {
    machine: context.env,
    variables: variablesOf(context.use(store), spec.sets),
    run: status.run ?? '',
  });
  const output = openScan(logFile(logDirectory(context, spec.name)), status.logAt);
  const answer = await ask(probe, { cwd: spec.cwd, env, output, signal: context.signal });
  return { ok: answer.ok && phase === 'running', said: answer.said };
}
