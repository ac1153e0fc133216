import { mcpError } from '../errors.ts';
import { toolName } from '../tools/names.ts';
import type { Cursors } from './cursors.ts';
import { type Follower, followerOf } from './follower.ts';

interface Asked {
  action: string;
  /** Opens the stream where there is no cursor; it ends with the signal. */
  follow: (signal: AbortSignal) => AsyncIterable<unknown>;
  cursor?: string;
  limit: number;
  /** Milliseconds. */
  wait: number;
  signal: AbortSignal;
}

/** What a stream tool returns. */
export interface EventPage {
  events: unknown[];
  cursor: string | null;
}

/** The next page of a stream, behind a cursor or from the beginning. */
export async function readPage(cursors: Cursors, asked: Asked): Promise<EventPage> {
  const { id, from } = asked.cursor === undefined ? begun(cursors, asked) : parse(asked.cursor);
  const page = await cursors.find(id, asked.action)?.read({ ...asked, from });
  if (!page) throw expired(asked.action);
  return { events: page.events, cursor: page.next === undefined ? null : `${id}.${page.next}` };
}

function begun(cursors: Cursors, { action, follow }: Asked): { id: string; from: number } {
  const controller = new AbortController();
  const follower: Follower = followerOf(follow(controller.signal)[Symbol.asyncIterator]());
  const close = () => {
    controller.abort();
    return follower.close();
  };
  return { id: cursors.add({ action, follower, close }), from: 0 };
}

function parse(cursor: string): { id: string; from: number } {
  const [id = '', from = ''] = cursor.split('.');
  return { id, from: /^\d+$/.test(from) ? Number(from) : -1 };
}

function expired(action: string) {
  return mcpError('cursor-expired', 'The cursor has expired.', { next: [`${toolName(action)} {}`] });
}
