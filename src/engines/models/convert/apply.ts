import { rename, rm } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { changesOf } from '#engines/activity/changes.ts';
import { bytes } from '#engines/core/bytes.ts';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { lastLinesOfRun } from '#engines/process/logs.ts';
import { readProcess } from '#engines/process/records.ts';
import type { ProcessSpec } from '#engines/process/spec.ts';
import { isAtRest, type Status } from '#engines/process/status.ts';
import { supervisor } from '#engines/process/supervisor.ts';
import { alsoEvery } from '#engines/process/ticks.ts';
import { store } from '#engines/store/store.ts';
import { modelsError } from '../errors.ts';
import { sizeOfFile } from '../files.ts';
import { readHeader } from '../header/read.ts';
import { partialOf } from './plan.ts';

interface Args {
  id: string;
  spec: ProcessSpec;
  inputs: string;
  path: string;
  /** Nominal bytes of what is made. */
  size: number;
  keepInputs: boolean;
}

/** Milliseconds between looks at how much is made. */
const LOOK_EVERY = 500;

/** Lines of what it has written last that tell why. */
const LAST_WORDS = 5;

/** One that goes on, or has gone on without anybody who waited, is taken up as it is. */
export async function applyConvert({ args, target }: Application<Args>, context: Context): Promise<Applied> {
  const { id, spec, path } = args;
  const kept = context.use(supervisor);
  await kept.adopted;
  const known = readProcess(context.use(store), spec.name);
  if (!known || (isAtRest(known.status) && !isMade(known.status, partialOf(path)))) {
    await rm(partialOf(path), { force: true });
    context.report({ kind: 'command', target: target.name, argv: spec.argv, cwd: spec.cwd });
    await kept.start(spec);
  }
  const status = await endOf(args, target.name, context);
  if (!hasEndedWell(status)) throw await failed(id, spec.name, status, context);
  const flaw = flawOf(partialOf(path));
  if (flaw !== undefined) throw broken(args, flaw);
  await rename(partialOf(path), path);
  return done(args);
}

/** The process may have ended, and what it made got its name, before anybody wrote that down. */
export async function checkConvert(
  { args }: Application<Args>,
  context: Context,
): Promise<Applied | undefined> {
  const { spec, path } = args;
  const known = readProcess(context.use(store), spec.name);
  const isNamed = sizeOfFile(partialOf(path)) === undefined;
  return known && isNamed && isMade(known.status, path) ? done(args) : undefined;
}

function isMade(status: Status, path: string): boolean {
  return isAtRest(status) && hasEndedWell(status) && flawOf(path) === undefined;
}

/** What nobody saw end is judged by what it has left. */
function hasEndedWell({ phase, exit }: Status): boolean {
  return phase === 'exited' || (exit !== null && 'unknown' in exit);
}

function flawOf(path: string): string | undefined {
  if (sizeOfFile(path) === undefined) return 'nothing was made';
  const reading = readHeader(path);
  return 'flaw' in reading ? reading.flaw : undefined;
}

async function done({ path, inputs, keepInputs }: Args): Promise<Applied> {
  if (!keepInputs) await rm(inputs, { recursive: true, force: true, maxRetries: 3 });
  const kept = keepInputs ? 'what it was made from is kept' : 'what it was made from is removed';
  return { summary: `${bytes(sizeOfFile(path) ?? 0)}; ${kept}` };
}

/** Where its process is once it has ended. */
async function endOf({ spec, path, size }: Args, target: string, context: Context): Promise<Status> {
  const opened = context.use(store);
  const { signal } = context;
  for await (const _ of alsoEvery(changesOf(opened, signal), { interval: LOOK_EVERY, signal })) {
    const status = readProcess(opened, spec.name)?.status;
    if (status && isAtRest(status)) return status;
    const made = sizeOfFile(partialOf(path)) ?? 0;
    context.report({ kind: 'progress', target, label: 'converting', done: made, total: size, unit: 'bytes' });
  }
  throw signal.reason;
}

async function failed(id: string, process: string, { phase, why, logAt }: Status, context: Context) {
  const events = await lastLinesOfRun({ process, logAt, count: LAST_WORDS }, context);
  const lines = events.map(({ text }) => stripVTControlCharacters(text).trim()).filter((line) => line !== '');
  const said = lines.length > 0 ? ` It wrote last: ${lines.join(' | ')}` : '';
  return modelsError(
    'conversion-failed',
    `${id}: the converter is ${phase}${why ? `: it ${why}` : ''}.${said}`,
    {
      next: [`gantry process logs ${quote(process)}`, `gantry models convert ${quote(id)}`],
      details: { lines },
    },
  );
}

function broken({ id, spec, path }: Args, flaw: string) {
  return modelsError('conversion-failed', `${id}: what the converter made is no model: ${flaw}.`, {
    next: [`gantry process logs ${quote(spec.name)}`, `ls -l ${quote(partialOf(path))}`],
    details: { flaw },
  });
}
