import type { ActionCard } from '#app/registry/card.ts';
import { findCard } from '#app/registry/find.ts';
import type { Failure } from '#engines/core/errors.ts';
import { Fault } from '../protocol/fault.ts';
import { withCalls } from '../tools/next.ts';
import type { Source } from './catalog.ts';

interface Unread {
  uri: string;
  source: Source;
  /** The actions that are offered as tools. */
  offered: readonly ActionCard[];
}

/** A resource has no other way to say that it could not be read. */
export async function faultOf(failure: Failure, { uri, source, offered }: Unread): Promise<Fault> {
  const card = findCard(source.action);
  const told = card ? await withCalls(failure, { card, input: source.input, offered }) : failure;
  if (failure.code === 'repo-unknown') return notFound(uri, told);
  return new Fault('internal', told.message, told);
}

export function notFound(uri: string, failure?: Failure): Fault {
  return new Fault('resource-not-found', failure?.message ?? 'There is no such resource.', {
    uri,
    ...failure,
  });
}
