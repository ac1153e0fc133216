import { type Failure, failureOf } from '#engines/core/errors.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import type { Json } from '#engines/core/json.ts';
import type { Call } from '#panes/pane.ts';
import type { Keeper, Line } from './keeper.ts';

/** What a query gives, or why it gives nothing. */
export type Answered = { data: Json } | { failure: Failure };

export type Ask = (call: Call) => Promise<Answered>;

/** Asks the host, as soon as there is one. */
export function askerOn(line: Line, keeper: Keeper): (call: Call, signal: AbortSignal) => Promise<Answered> {
  return async ({ action, input }, signal) => {
    const caller = keeper.caller({ signal });
    const outcome = await line
      .host()
      .then((host) => host.invoke({ action, input }, caller))
      .catch((thrown): Outcome => ({ kind: 'failure', failure: failureOf(thrown) }));
    if (outcome.kind === 'data') return { data: outcome.data };
    if (outcome.kind === 'failure') return { failure: outcome.failure };
    return { failure: failureOf(new Error(`${action} gave no data.`)) };
  };
}
