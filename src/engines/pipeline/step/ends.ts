import { GantryError } from '#engines/core/errors.ts';
import type { Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { pipelineError } from '../errors.ts';
import { titleOf } from '../title.ts';
import type { StepArgs, StepResult } from '../types.ts';
import type { Witness } from '../witness/write.ts';
import type { Tried } from './attempts.ts';

/** What a step is when it fails for good. */
export type FailureCode = 'step-failed' | 'request-failed';

interface Done {
  args: StepArgs;
  witness: Pick<Witness, 'run' | 'runs'>;
}

/** It came to its end, be it that it failed and the run goes on. */
export function applied({ args, witness: { run } }: Done, { ok, said, attempts }: Tried): Applied {
  const result: StepResult = { step: titleOf(args), run, ok, said, attempts };
  const often = attempts > 1 ? ` at attempt ${attempts}` : '';
  const summary = `${titleOf(args)}: ${said}${often}${ok ? '' : ', and went on'}`;
  return { summary, result: { ...result } };
}

export function failed(done: Done, { said, attempts, words }: Tried, code: FailureCode): GantryError {
  const title = titleOf(done.args);
  const often = attempts > 1 ? `, tried ${attempts} times` : '';
  const quoted = words === '' ? '' : `: ${words}`;
  return pipelineError(code, `${title}: ${said}${often}${quoted}.`, particulars(done, said, attempts));
}

export function late(done: Done): GantryError {
  const within = Math.min(...done.witness.runs.flatMap((run) => run.within ?? []));
  const message = `${titleOf(done.args)} was ended: the ${within} ms of the run were over.`;
  return pipelineError('step-timeout', message, particulars(done, 'was ended: no time was left', 1));
}

export function messageOf(thrown: unknown): string {
  if (thrown instanceof GantryError) return thrown.failure.message;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function particulars({ args, witness: { run } }: Done, said: string, attempts: number) {
  const result: StepResult = { step: titleOf(args), run, ok: false, said, attempts };
  return { next: [`gantry pipeline show ${quote(run)}`], details: { ...result } };
}
