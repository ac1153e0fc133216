import { setImmediate } from 'node:timers/promises';
import type { ActionCard } from '#app/registry/card.ts';
import { throttle } from '#app/surface/throttle.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Host } from '#engines/core/host.ts';
import type { Outcome } from '#engines/core/invocation.ts';
import type { Json } from '#engines/core/json.ts';
import { agentCaller, type Place } from '../caller.ts';
import type { Given, Request, ToolResult } from '../protocol/service.ts';
import type { Cursors } from '../streams/cursors.ts';
import { readPage } from '../streams/page.ts';
import { mannerOf, ownInput } from './manner.ts';
import { progressOf } from './progress.ts';
import { toolResult } from './result.ts';

/** Milliseconds between two notices of progress. */
const PACE = 100;

export interface Surroundings {
  host: Host;
  place: Place;
  cursors: Cursors;
  /** The actions that are offered as tools. */
  offered: readonly ActionCard[];
}

interface Call extends Surroundings {
  card: ActionCard;
  given: Given;
  /** The action's own part of what was given. */
  input: Given;
  request: Request;
}

/** Runs an action as a tool; whatever goes wrong is in the result. */
export async function callTool(
  card: ActionCard,
  given: Given,
  request: Request,
  surroundings: Surroundings,
): Promise<ToolResult> {
  const call = { ...surroundings, card, given, request, input: ownInput(card.kind, given) };
  const outcome = await run(call).catch(
    (thrown): Outcome => ({ kind: 'failure', failure: failureOf(thrown) }),
  );
  return toolResult(outcome, call);
}

async function run(call: Call): Promise<Outcome> {
  if (call.card.kind === 'stream') return page(call);
  const { host, place, card, given, input, request } = call;
  const { dryRun, plan } = card.kind === 'command' ? mannerOf('command', given) : {};
  return reporting(request, async (report) =>
    host.invoke(
      { action: card.id, input, dryRun, approval: plan ? { plan } : undefined },
      await agentCaller(place, { ...request, report }),
    ),
  );
}

/** Works on a request whose client is told how it goes, if it asked for that. */
export async function reporting<T>(
  request: Request,
  work: (report: ReturnType<typeof reporter>) => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  try {
    return await work(reporter(request, done.signal));
  } finally {
    done.abort();
    // Clients forget a call at its answer, and a notice that they read together with that is one too late.
    await setImmediate();
  }
}

async function page({ host, place, cursors, card, given, input, request }: Call): Promise<Outcome> {
  const { maxEvents, waitSeconds, cursor } = mannerOf('stream', given);
  const caller = await agentCaller(place, request);
  const data = await readPage(cursors, {
    action: card.id,
    follow: (signal) => host.follow(card.id, input, { ...caller, signal }),
    cursor,
    limit: maxEvents,
    wait: waitSeconds * 1_000,
    signal: request.signal,
  });
  return { kind: 'data', data: data as unknown as Json };
}

function reporter({ progress }: Request, done: AbortSignal) {
  if (!progress) return undefined;
  const read = progressOf();
  const send = throttle(progress, { interval: PACE, signal: done });
  return (report: Parameters<typeof read>[0]) => {
    const news = read(report);
    if (news) send(news);
  };
}
