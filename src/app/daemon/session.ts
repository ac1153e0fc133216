import type { Actor } from '#engines/core/actor.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Caller } from '#engines/core/host.ts';
import type { Answer } from '#engines/core/question.ts';
import { receivedEnvironment } from '#engines/daemon/environment.ts';
import { daemonError } from '#engines/daemon/errors.ts';
import { type ClientMessage, type From, WINDOW } from '#engines/daemon/wire.ts';
import { type Call, followRun, followStream } from './call.ts';
import type { Outbox } from './outbox.ts';
import type { Resident } from './resident.ts';

type Hello = Extract<ClientMessage, { kind: 'hello' }>;
type Message<K extends ClientMessage['kind']> = Extract<ClientMessage, { kind: K }>;

/** A client that has said hello, and its calls. */
export interface Session {
  readonly subscriptions: number;
  handle(message: ClientMessage): void;
  /** The client has gone. */
  leave(): void;
  /** Ends the connection when the client has been told everything. */
  close(): Promise<void>;
}

interface SessionOptions {
  hello: Hello;
  /** What the host knows of the client better than the client says. */
  peer: Partial<Actor>;
  resident: Resident;
  outbox: Outbox;
}

/** Calls of one client that may be under way at once. */
const CALL_LIMIT = 1_000;

export function openSession({ hello, peer, resident, outbox }: SessionOptions): Session {
  const { send } = outbox;
  const calls = new Map<number, Call>();
  const env = receivedEnvironment(hello.env);

  function handle(message: ClientMessage): void {
    if (message.kind === 'invoke') begin(message, () => invoke(message));
    if (message.kind === 'attach') begin(message, () => attach(message));
    if (message.kind === 'subscribe') begin(message, () => subscribe(message));
    if (message.kind === 'cancel') calls.get(message.id)?.cancel();
    if (message.kind === 'answer') calls.get(message.id)?.answer(message.question, message.answer);
    if (message.kind === 'more') calls.get(message.id)?.more(message.count);
  }

  function begin({ kind, id }: Message<'invoke' | 'attach' | 'subscribe'>, open: () => Call): void {
    if (calls.has(id)) throw daemonError('wire-garbage', `Call ${id} is still under way.`);
    try {
      if (calls.size >= CALL_LIMIT) throw daemonError('too-many-calls', `${CALL_LIMIT} calls are under way.`);
      calls.set(id, open());
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (kind === 'subscribe') send({ kind: 'end', id, failure });
      else send({ kind: 'outcome', id, outcome: { kind: 'failure', failure } });
    }
  }

  function invoke({ id, invocation, from }: Message<'invoke'>): Call {
    return followRun(resident.begin(invocation, placed(from), env), { ...wired(id), mayAnswer: true });
  }

  function attach({ id, activity }: Message<'attach'>): Call {
    const run = resident.find(activity);
    // An agent must not say yes to what a person began.
    return followRun(run, { ...wired(id), mayAnswer: hello.from.actor.kind === run.actor.kind });
  }

  function subscribe({ id, action, input, from }: Message<'subscribe'>): Call {
    const follow = (signal: AbortSignal) => {
      const caller: Caller = { ...placed(from), env, signal, report: () => {}, ask: unanswered };
      return resident.hub.follow(action, input, caller);
    };
    return followStream({ ...wired(id), follow, window: WINDOW });
  }

  function wired(id: number) {
    return { id, send, over: () => void calls.delete(id) };
  }

  function placed({ actor, cwd, workspace }: From = hello.from): From {
    return { actor: { ...actor, ...peer }, cwd, workspace };
  }

  return {
    get subscriptions() {
      return [...calls.values()].filter(({ kind }) => kind === 'stream').length;
    },
    handle,
    leave() {
      for (const call of calls.values()) call.leave();
    },
    close: outbox.end,
  };
}

/** Streams only read, and nobody waits at a prompt for them. */
async function unanswered(): Promise<Answer> {
  return { kind: 'needs-input' };
}
