import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Json } from '#engines/core/json.ts';
import { quote } from '#engines/core/shell.ts';
import { slugOf } from '#engines/service/jos/slug.ts';
import { pipelineError } from '../errors.ts';
import type { Run, StepArgs } from '../types.ts';
import { type Place, placesOf } from './place.ts';
import { prune } from './prune.ts';

/** Writes what happens to a step into its own run and, where a run begins or ends with it, into those around it. */
export interface Witness {
  /** Identifier of the run whose step it is. */
  run: string;
  runs: (Run & Place)[];
  /** File for what the step writes. */
  output: string;
  /** Throws `witness-unwritable`. */
  begin(): void;
  /** It failed, and is tried again. */
  again(error: string, attempt: number): void;
  complete(): void;
  /** It failed, and the run goes on. */
  goOn(error: string): void;
  /** It failed, and every run that it is part of with it. */
  fail(error: string): void;
}

/** The error of a step that somebody ended: how far it came nobody can tell. */
export const CANCELLED = 'cancelled';

type Event = { type: `run:${string}` } & { [key: string]: Json };

export function openWitness(args: StepArgs, activity: string, context: Context): Witness {
  const { step, index } = args;
  const places = placesOf(args.runs, activity, context);
  const runs = args.runs.map((run, at) => ({ ...run, ...(places[at] as Place) }));
  const own = runs.at(-1) as Run & Place;
  const outward = runs.toReversed();

  function write({ file }: Place, { type, ...rest }: Event): void {
    const timestamp = new Date(context.now()).toISOString();
    appendFileSync(file, `${JSON.stringify({ timestamp, type, ...rest })}\n`, { mode: 0o600 });
  }

  function begin(): void {
    try {
      for (const [at, run] of runs.entries()) {
        if (run.begins && !existsSync(run.file)) open(run, runs[at - 1]);
      }
      write(own, { type: 'run:step_start', step, index, step_type: 'argv' in args ? 'shell' : 'http' });
    } catch (thrown) {
      throw unwritable(own.directory, thrown as Error);
    }
  }

  function open(run: Run & Place, around: Place | undefined): void {
    mkdirSync(run.directory, { recursive: true, mode: 0o700 });
    if (around && run.as) write(around, { type: 'run:step_start', ...run.as, step_type: 'jos' });
    else prune(context);
    const { artifact, name, flow, sha256, integrity, fault } = run;
    write(run, { type: 'run:start', artifact, dryRun: false, name, flow, activity });
    if (integrity === 'verified') write(run, { type: 'run:integrity_verified', hash: sha256 });
    if (integrity === 'failed') write(run, { type: 'run:integrity_failed', error: fault });
  }

  function complete(): void {
    write(own, { type: 'run:step_complete', step, index, success: true });
    close();
  }

  function goOn(error: string): void {
    write(own, { type: 'run:step_error', step, index, error });
    write(own, { type: 'run:step_complete', step, index, success: false });
    close();
  }

  /** From the inside out, as far as runs end with this step. */
  function close(): void {
    for (const [at, run] of outward.entries()) {
      if (!run.ends) return;
      write(run, { type: 'run:success', dryRun: false, stepsExecuted: run.steps });
      const around = outward[at + 1];
      if (around && run.as) write(around, { type: 'run:step_complete', ...run.as, success: true });
    }
  }

  function fail(error: string): void {
    let last = { step, index };
    for (const run of outward) {
      write(run, { type: 'run:step_failed', ...last, error });
      write(run, { type: 'run:run_failed', lastStep: last.step });
      if (run.as) last = run.as;
    }
  }

  /** What was done is done, whether or not it can be written down. */
  function told(write: () => void): void {
    try {
      write();
    } catch (thrown) {
      context.report({ kind: 'note', text: unwritable(own.directory, thrown as Error).message });
    }
  }

  return {
    run: own.id,
    runs,
    output: join(own.directory, `${index}-${slugOf(step)}.log`),
    begin,
    again: (error, attempt) =>
      told(() => write(own, { type: 'run:step_error', step, index, error, attempt })),
    complete: () => told(complete),
    goOn: (error) => told(() => goOn(error)),
    fail: (error) => told(() => fail(error)),
  };
}

function unwritable(directory: string, cause: Error) {
  return pipelineError('witness-unwritable', `${directory} could not be written: ${cause.message}.`, {
    next: [`ls -ld ${quote(directory)}`, `df -h ${quote(directory)}`],
    details: { directory },
    cause,
  });
}
