import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { pipelineError } from '../errors.ts';
import { titleOf } from '../title.ts';
import type { StepArgs, StepResult } from '../types.ts';
import { placesOf } from '../witness/place.ts';
import { readEvents } from '../witness/read.ts';
import { CANCELLED } from '../witness/write.ts';

/** What the witness of a step's own run says of its end; throws where it failed, undefined where it has none. */
export async function checkStep(
  { args, activity }: Application<StepArgs>,
  context: Context,
): Promise<Applied | undefined> {
  const { id: run, file } = placesOf(args.runs, activity, context).at(-1) as { id: string; file: string };
  const end = (await readEvents(file)).findLast(
    ({ type, step, index }) =>
      step === args.step &&
      index === args.index &&
      (type === 'run:step_complete' || type === 'run:step_failed'),
  );
  if (!end || end.error === CANCELLED) return undefined;
  const title = titleOf(args);
  const ok = end.type === 'run:step_complete' && end.success !== false;
  if (!ok && end.type === 'run:step_failed') {
    throw pipelineError('step-failed', String(end.error), {
      next: [`gantry pipeline show ${run}`],
      details: { step: title, run },
    });
  }
  const result: StepResult = { step: title, run, ok, said: 'came to its end before', attempts: 1 };
  return { summary: `${title}: ${result.said}`, result: { ...result } };
}
