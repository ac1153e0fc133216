import type { Actor } from '#engines/core/actor.ts';
import type { Context } from '#engines/core/context.ts';
import { type Failure, failureOf, GantryError } from '#engines/core/errors.ts';
import type { Caller, Host } from '#engines/core/host.ts';
import type { Invocation, Outcome } from '#engines/core/invocation.ts';
import { canonical } from '#engines/core/json.ts';
import { type Channel, openChannel } from './channel.ts';
import { closeWire, openSocket, type Wire } from './connect.ts';
import { sentEnvironment } from './environment.ts';
import { daemonError } from './errors.ts';
import { greet } from './greet.ts';
import { fitsLine, tooLong } from './lines.ts';
import { type ClientMessage, encode, type From, type HostMessage, refusal, WINDOW } from './wire.ts';

/** Who connects; calls that come from elsewhere say so themselves. */
export interface Hello {
  version: string;
  actor: Actor;
  cwd: string;
  workspace?: string;
  env: Context['env'];
}

/** A host in another process. */
export interface DaemonHost extends Host {
  version: string;
  build?: string;
  pid: number;
  /** Resolves when the connection has ended, however it did. */
  closed: Promise<void>;
  /**
   * Follows an activity that runs there, whoever began it: its recent reports, what comes, its outcome.
   * Aborting the caller's signal cancels the activity, as it does for the one who began it.
   */
  attach(activity: string, caller: Caller): Promise<Outcome>;
}

/** A call under way, by what comes for it. */
type Call =
  | { kind: 'outcome'; caller: Caller; settle(outcome: Outcome): void }
  | { kind: 'events'; events: Channel<unknown> };

/**
 * Speaks to the host at the other end of a wire, or to the daemon behind a socket.
 * Throws `daemon-absent`, `daemon-silent`, `protocol-unsupported`.
 */
export async function connectHost(
  to: string | Wire,
  hello: Hello,
  lost: () => GantryError = daemonLost,
): Promise<DaemonHost> {
  const wire = typeof to === 'string' ? await openSocket(to) : to;
  const own: From = { actor: hello.actor, cwd: hello.cwd, workspace: hello.workspace };
  const { welcome, messages } = await greet(wire, {
    version: hello.version,
    from: own,
    env: sentEnvironment(hello.env),
  });
  const calls = new Map<number, Call>();
  const closed = Promise.withResolvers<void>();
  let last = 0;
  let end: GantryError | undefined;
  void receive();

  async function receive(): Promise<void> {
    try {
      for await (const message of messages) handle(message);
    } catch (thrown) {
      if (thrown instanceof GantryError && thrown.failure.code !== 'wire-torn') end ??= thrown;
    }
    end ??= lost();
    closeWire(wire);
    for (const call of calls.values()) fail(call, end);
    calls.clear();
    closed.resolve();
  }

  function handle(message: HostMessage): void {
    if (message.kind === 'refused') end = refusal(message);
    if (!('id' in message)) return;
    const call = calls.get(message.id);
    if (message.kind === 'event' && call?.kind === 'events') call.events.push(message.event);
    if (message.kind === 'end' && call?.kind === 'events') {
      calls.delete(message.id);
      if (message.failure) call.events.fail(new GantryError(message.failure));
      else call.events.end();
    }
    if (call?.kind !== 'outcome') return;
    if (message.kind === 'report') call.caller.report(message.report);
    if (message.kind === 'ask') void answer(message, call.caller);
    if (message.kind === 'outcome') call.settle(message.outcome);
  }

  async function answer({ id, question, content }: Extract<HostMessage, { kind: 'ask' }>, caller: Caller) {
    try {
      send({ kind: 'answer', id, question, answer: await caller.ask(content) });
    } catch {
      send({ kind: 'answer', id, question, answer: { kind: 'needs-input' } });
    }
  }

  /** Throws `line-too-long`. */
  function send(message: ClientMessage): void {
    const line = encode(message);
    if (!fitsLine(line)) throw tooLong();
    if (!end && wire.writable.writable) wire.writable.write(line);
  }

  async function call(message: (id: number) => ClientMessage, caller: Caller): Promise<Outcome> {
    if (caller.signal.aborted) return failed(cancelled());
    if (end) return failed(end.failure);
    const id = ++last;
    const outcome = Promise.withResolvers<Outcome>();
    const cancel = () => send({ kind: 'cancel', id });
    calls.set(id, { kind: 'outcome', caller, settle: outcome.resolve });
    caller.signal.addEventListener('abort', cancel, { once: true });
    try {
      send(message(id));
      return await outcome.promise;
    } catch (thrown) {
      return failed(failureOf(thrown));
    } finally {
      calls.delete(id);
      caller.signal.removeEventListener('abort', cancel);
    }
  }

  async function* follow(action: string, input: unknown, caller: Caller): AsyncGenerator<unknown> {
    if (caller.signal.aborted) return;
    if (end) throw end;
    const id = ++last;
    const events = openChannel<unknown>();
    calls.set(id, { kind: 'events', events });
    const leave = () => {
      events.end();
      if (calls.delete(id)) send({ kind: 'cancel', id });
    };
    caller.signal.addEventListener('abort', leave, { once: true });
    let taken = 0;
    try {
      send({ kind: 'subscribe', id, action, input, from: fromUnless(own, caller) });
      for await (const event of events) {
        if (caller.signal.aborted) return;
        yield event;
        taken = (taken + 1) % (WINDOW / 2);
        if (taken === 0) send({ kind: 'more', id, count: WINDOW / 2 });
      }
    } finally {
      caller.signal.removeEventListener('abort', leave);
      leave();
    }
  }

  return {
    version: welcome.version,
    build: welcome.build,
    pid: welcome.pid,
    closed: closed.promise,
    invoke: (invocation: Invocation, caller) =>
      call((id) => ({ kind: 'invoke', id, invocation, from: fromUnless(own, caller) }), caller),
    attach: (activity, caller) => call((id) => ({ kind: 'attach', id, activity }), caller),
    follow,
    close() {
      closeWire(wire);
      return closed.promise;
    },
  };
}

function fail(call: Call, reason: GantryError): void {
  if (call.kind === 'events') call.events.fail(reason);
  else call.settle(failed(reason.failure));
}

function failed(failure: Failure): Outcome {
  return { kind: 'failure', failure };
}

function cancelled(): Failure {
  return { code: 'cancelled', exit: 'interrupted', message: 'The action was cancelled.' };
}

function fromUnless(own: From, { actor, cwd, workspace }: Caller): From | undefined {
  const from = { actor, cwd, workspace };
  return canonical(from) === canonical(own) ? undefined : from;
}

function daemonLost(): GantryError {
  return daemonError('daemon-lost', 'The connection to the daemon was lost.', {
    next: ['gantry activity list', 'gantry daemon logs'],
  });
}
