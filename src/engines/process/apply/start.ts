import { stripVTControlCharacters } from 'node:util';
import { journalOf } from '#engines/activity/journal.ts';
import type { Context } from '#engines/core/context.ts';
import { canonical } from '#engines/core/json.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { store } from '#engines/store/store.ts';
import { processError } from '../errors.ts';
import { lastLinesOfRun } from '../logs.ts';
import type { ProcessRecord } from '../records.ts';
import { pidOf } from '../signal.ts';
import type { ProcessSpec } from '../spec.ts';
import { isAtRest, type Status } from '../status.ts';
import { supervisor } from '../supervisor.ts';
import { applied, found, recordOf } from './left.ts';

type Start = Application<{ spec: ProcessSpec; wait: boolean; orForget: boolean }>;

/** The very specification runs, or has run since the step was begun: two starts of the same are one. */
export async function checkStart(start: Start, context: Context): Promise<Applied | undefined> {
  const { spec } = start.args;
  const record = recordOf(context, spec.name);
  if (!record || !(isKeptRunning(record) || hasRunSince(start, record, context))) return undefined;
  return applied(context, spec.name, startedWords(record.status, spec), { spec: null, ran: false });
}

function isKeptRunning({ status, desired }: ProcessRecord): boolean {
  return !isAtRest(status) && desired === 'running';
}

/** What does its work and ends may have done so before anybody asks. */
function hasRunSince({ args, activity, step }: Start, record: ProcessRecord, context: Context): boolean {
  const intent = journalOf(context.use(store), activity).find((one) => one.step === step);
  const startedAt = record.status.startedAt ?? 0;
  return (
    intent !== undefined && startedAt >= intent.intentAt && canonical(record.spec) === canonical(args.spec)
  );
}

export async function applyStart({ args }: Start, context: Context): Promise<Applied> {
  const { spec, wait, orForget } = args;
  const before = found(context, spec.name);
  const kept = context.use(supervisor);
  try {
    const status = await kept.start(spec);
    if (status.phase === 'failed') throw startFailed(spec, status);
    const last = wait ? await kept.settled(spec.name, context.signal) : status;
    if (wait) await requireReady(spec, last, context);
    return applied(context, spec.name, startedWords(last, spec), before);
  } catch (thrown) {
    if (orForget) await kept.remove(spec.name);
    throw thrown;
  }
}

/** Lines of what it has written last that tell why. */
const LAST_WORDS = 5;

/** Throws `process-not-ready`, with what the run has written last. */
export async function requireReady(spec: ProcessSpec, status: Status, context: Context): Promise<void> {
  const { phase, why } = status;
  // What does its work and ends well has done what it is there for.
  if (phase === 'running' || phase === 'exited') return;
  const events = await lastLinesOfRun(
    { process: spec.name, logAt: status.logAt, count: LAST_WORDS },
    context,
  );
  const lines = events.map(({ text }) => stripVTControlCharacters(text).trim()).filter((line) => line !== '');
  const said = lines.length > 0 ? ` It wrote last: ${lines.join(' | ')}` : '';
  throw processError('process-not-ready', `${spec.name} is ${phase}${why ? `: it ${why}` : ''}.${said}`, {
    next: [`gantry process logs ${quote(spec.name)}`, `gantry process inspect ${quote(spec.name)}`],
    details: { lines },
  });
}

function startFailed(spec: ProcessSpec, { why }: Status) {
  return processError('process-start-failed', `${spec.name} could not be started: ${why}.`, {
    next: [`gantry process inspect ${quote(spec.name)}`],
  });
}

function startedWords({ identity, phase }: Status, { port }: ProcessSpec): string {
  const where = [identity ? `pid ${pidOf(identity)}` : undefined, port ? `port ${port}` : undefined];
  return [phase, ...where].filter(Boolean).join(', ');
}
