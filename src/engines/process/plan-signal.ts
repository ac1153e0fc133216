import { constants } from 'node:os';
import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { processError } from './errors.ts';
import { requireProcess } from './named.ts';
import { runOf } from './observe.ts';
import { processSignal } from './operations.ts';
import { isAtRest } from './status.ts';
import { processStep, processTarget } from './step.ts';

interface SignalInput {
  name: string;
  signal: string;
}

export async function planSignal({ name: named, signal }: SignalInput, context: Context): Promise<Draft> {
  const record = requireProcess(context, named);
  const { name } = record.spec;
  const target = processTarget(name);
  if (isAtRest(record.status)) {
    const { failure } = processError('process-not-running', `${name} does not run.`, {
      next: [`gantry process inspect ${name}`],
    });
    return { steps: [], refused: [{ target, failure }] };
  }
  const run = runOf(record);
  const send = call(processSignal, { name, signal: signalNamed(signal), run });
  return { steps: [processStep(name, record, send)] };
}

/** `hup`, `HUP` and `SIGHUP` are the same. */
function signalNamed(given: string): string {
  const name = given.toUpperCase();
  const full = name.startsWith('SIG') ? name : `SIG${name}`;
  if (Object.hasOwn(constants.signals, full)) return full;
  throw processError('signal-unknown', `There is no signal ${given}.`, { next: ['kill -l'] });
}
