import { stripVTControlCharacters } from 'node:util';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { openRedaction } from '../redaction.ts';
import { titleOf } from '../title.ts';
import type { StepArgs } from '../types.ts';
import { CANCELLED, openWitness } from '../witness/write.ts';
import { type Attempt, tryAgain } from './attempts.ts';
import { deadlineOf, runClocks } from './clock.ts';
import { type Ended, runCommand } from './command.ts';
import { applied, type FailureCode, failed, late, messageOf } from './ends.ts';
import { openLog, type StepLog } from './log.ts';

/** Milliseconds for what runs after a failure: the time of the run may be over by then. */
const OTHERWISE_WITHIN = 60_000;

interface Doing {
  /** Does it once; throws what the signal was aborted with. */
  once(attempt: Attempt): Promise<Ended>;
  /** What it is when it fails for good. */
  code: FailureCode;
}

/** Does a step as often as its artifact allows, within its time, and leaves a witness of all of it. */
export async function perform(
  { args, activity, target }: Application<StepArgs>,
  context: Context,
  { once, code }: Doing,
): Promise<Applied> {
  const witness = openWitness(args, activity, context);
  const done = { args, witness };
  witness.begin();
  const log = logOf(witness.output, context);
  const clocks = context.use(runClocks);
  const deadline = deadlineOf(clocks, witness.runs);
  const signal = deadline ? AbortSignal.any([context.signal, deadline]) : context.signal;
  const attempt: Attempt = { signal, log, env: { ...args.env, ...context.env } };
  let goesOn = false;
  try {
    context.report({ kind: 'progress', target: target.name, label: titleOf(args) });
    const ended = await tryAgain({ args, attempt, witness, tell: context.report }, once);
    if (!ended.ok && !args.goesOn) throw failed(done, ended, code);
    if (ended.ok) witness.complete();
    else witness.goOn(ended.said);
    goesOn = true;
    return applied(done, ended);
  } catch (thrown) {
    if (context.signal.aborted) {
      witness.fail(CANCELLED);
      throw thrown;
    }
    const failure = deadline?.aborted ? late(done) : thrown;
    witness.fail(messageOf(failure));
    await otherwise(args, attempt, context);
    throw failure;
  } finally {
    log.close();
    for (const { id, ends } of witness.runs) if (ends || !goesOn) clocks.delete(id);
  }
}

/** What a step writes: told and kept as plain text, and without the secrets of the environment. */
function logOf(file: string, { env, report }: Context): StepLog {
  const redact = openRedaction(env);
  const log = openLog(file, (text) => report({ kind: 'note', text }));
  return { ...log, line: (text) => log.line(redact(stripVTControlCharacters(text))) };
}

/** What its author wants to be run before the run ends; how that ends changes nothing. */
async function otherwise(
  { otherwise, cwd }: StepArgs,
  { log, env }: Attempt,
  context: Context,
): Promise<void> {
  if (!otherwise) return;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(OTHERWISE_WITHIN)]);
  const job = { argv: otherwise.argv, cwd, env, signal, heard: log.line };
  const { ok, said } = await runCommand(job).catch((thrown) => ({ ok: false, said: messageOf(thrown) }));
  if (!ok) log.line(`${otherwise.step}: ${said}`);
}
