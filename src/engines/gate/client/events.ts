import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import type { Gateway } from '../address.ts';
import type { GateEvent } from '../types.ts';
import { type Asked, failureFor, requestTo, responseTo, wellText } from './ask.ts';
import { PATHS } from './contract.ts';

const event = z.object({
  timestamp: z._default(z.string(), ''),
  level: z._default(z.string(), 'info'),
  message: z._default(z.string(), ''),
  fields: z._default(z.record(z.string(), z.unknown()), {}),
});

interface Wanted {
  follow: boolean;
  tail?: number;
}

/** Events of a gateway as they come, until it or the caller ends them. Throws `gate-…`. */
export async function* eventsAt(
  gateway: Gateway,
  { follow, tail }: Wanted,
  { signal }: Context,
): AsyncGenerator<GateEvent> {
  const query = [...(follow ? [] : ['follow=false']), ...(tail === undefined ? [] : [`tail=${tail}`])].join(
    '&',
  );
  const asked: Asked = { path: query === '' ? PATHS.logs : `${PATHS.logs}?${query}` };
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), gateway.within);
  let response: IncomingMessage | undefined;
  try {
    const sent = await requestTo(gateway, asked, {
      signal: AbortSignal.any([signal, late.signal]),
      headers: { accept: 'text/event-stream' },
    });
    const answer = responseTo(sent);
    sent.end();
    response = await answer;
    clearTimeout(timer);
    if (response.statusCode !== 200) await wellText(response, gateway, asked);
    yield* eventsIn(response);
  } catch (thrown) {
    if (!signal.aborted) throw failureFor(thrown, gateway, { signal, isLate: late.signal.aborted });
  } finally {
    clearTimeout(timer);
    response?.destroy();
  }
}

/** Comments, names and ids are nothing to show; the data of an event may be of several lines. */
async function* eventsIn(response: IncomingMessage): AsyncGenerator<GateEvent> {
  let data: string[] = [];
  for await (const line of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
    const found = /^data:(?: (.*)|(.*))$/.exec(line);
    if (found) data.push(found[1] ?? found[2] ?? '');
    if (line !== '' || data.length === 0) continue;
    const read = eventFrom(data.join('\n'));
    data = [];
    if (read) yield read;
  }
  if (!response.complete) throw new Error('it broke off');
}

function eventFrom(text: string): GateEvent | undefined {
  try {
    const result = event.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
