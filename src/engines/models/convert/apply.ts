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
  const { id, spec, inputs, path, keepInputs } = args;
  const kept = context.use(supervisor);
  await kept.adopted;
  const known = readProcess(context.use(store), spec.name);
  if (!known || isAtRest(known.status)) {
    await rm(partialOf(path), { force: true });
    context.report({ kind: 'command', target: target.name, argv: spec.argv, cwd: spec.cwd });
    await kept.start(spec);
  }
  const status = await endOf(args, target.name, context);
  const made = partialOf(path);
  if (status.phase !== 'exited') throw await failed(id, spec.name, status, context);
  const reading = sizeOfFile(made) === undefined ? { flaw: 'nothing was made' } : readHeader(made);
  if ('flaw' in reading) throw broken(args, reading.flaw);
  await rename(made, path);
  if (!keepInputs) await rm(inputs, { recursive: true, force: true, maxRetries: 3 });
  return done(args);
}

/** The process may have ended well, and what it made got its name, before anybody wrote that down. */
export async function checkConvert(
  { args }: Application<Args>,
  context: Context,
): Promise<Applied | undefined> {
  const status = readProcess(context.use(store), args.spec.name)?.status;
  const isMade =
    status?.phase === 'exited' && sizeOfFile(args.path) !== undefined && !sizeOfFile(partialOf(args.path));
  if (!isMade || 'flaw' in readHeader(args.path)) return undefined;
  if (!args.keepInputs) await rm(args.inputs, { recursive: true, force: true, maxRetries: 3 });
  return done(args);
}

function done({ path, keepInputs }: Args): Applied {
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
