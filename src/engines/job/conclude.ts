import type { Activity } from '#engines/activity/types.ts';
import type { Outcome as Called } from '#engines/core/invocation.ts';
import { exitWords, isAtRest, type Status } from '#engines/process/status.ts';
import type { Outcome, Run } from './runs.ts';

/** How a run ended, in the words of its record. */
export type Ending = Pick<Run, 'outcome' | 'said'>;

/** How the call of a run ended; a command goes on as a process once its call is done. */
export function endingOfCall(called: Called): Ending {
  if (called.kind === 'receipt') {
    const { receipt, failure } = called;
    const said = failure?.message ?? receipt.steps.at(-1)?.summary ?? 'there was nothing to do';
    return { outcome: outcomeOf(receipt.status, failure?.code), said };
  }
  if (called.kind === 'failure') return { outcome: 'failed', said: called.failure.message };
  return { outcome: 'refused', said: 'it waits for a yes, and nobody is there to give it' };
}

/** The same of an activity that another daemon has brought to its end. */
export function endingOfActivity({ status, failure, summary }: Activity): Ending {
  return { outcome: outcomeOf(status, failure?.code), said: failure?.message ?? summary };
}

/** How the process of a command ended; nothing while it goes on. */
export function endingOfProcess(status: Status | undefined): Ending | undefined {
  if (!status) return { outcome: 'unknown', said: 'its process is no longer on record' };
  if (!isAtRest(status)) return undefined;
  const { phase, exit, why } = status;
  if (exit === null) return { outcome: 'cancelled', said: why ?? phase };
  const said = exitWords(exit);
  if (phase === 'stopped') return { outcome: 'cancelled', said: 'it was stopped' };
  if ('unknown' in exit) return { outcome: 'unknown', said };
  return { outcome: 'code' in exit && exit.code === 0 ? 'done' : 'failed', said };
}

/** What became of a run that was to be ended before its end, whatever its end was. */
export function endingOf({ withdrawn }: Pick<Run, 'withdrawn'>, ending: Ending): Ending {
  return withdrawn !== null && ending.outcome !== 'done' ? { outcome: 'cancelled', said: withdrawn } : ending;
}

function outcomeOf(status: string, code: string | undefined): Outcome {
  if (code === 'outcome-unknown') return 'unknown';
  if (status === 'done' || status === 'refused' || status === 'failed' || status === 'cancelled')
    return status;
  return 'unknown';
}
