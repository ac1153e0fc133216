import { envelope } from '#app/surface/envelope.ts';
import type { Failure } from '#engines/core/errors.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import { Fault } from '../protocol/fault.ts';
import type { Source } from './catalog.ts';

type Ask = (source: Pick<Source, 'action' | 'input'>) => Promise<Outcome>;

/** The document of a resource: that of the query behind it. */
export async function readResource(uri: string, source: Source, ask: Ask): Promise<unknown> {
  const outcome = await ask(source);
  if (outcome.kind === 'failure') throw faultOf(uri, outcome.failure);
  return envelope(source.action, outcome, 0);
}

/** A resource has no other way to say that it could not be read. */
export function faultOf(uri: string, failure: Failure): Fault {
  if (failure.code === 'repo-unknown') return notFound(uri, failure);
  return new Fault('internal', failure.message, failure);
}

export function notFound(uri: string, failure?: Failure): Fault {
  return new Fault('resource-not-found', failure?.message ?? 'There is no such resource.', {
    uri,
    ...failure,
  });
}
