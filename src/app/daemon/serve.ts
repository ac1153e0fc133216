import type { Actor } from '#engines/core/actor.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Wire } from '#engines/daemon/connect.ts';
import { daemonError } from '#engines/daemon/errors.ts';
import { linesOf } from '#engines/daemon/lines.ts';
import { type ClientMessage, PROTOCOL, parseClientMessage } from '#engines/daemon/wire.ts';
import { openOutbox } from './outbox.ts';
import type { Resident } from './resident.ts';
import { openSession, type Session } from './session.ts';

interface ServeOptions {
  resident: Resident;
  /** What the host knows of the client better than the client says. */
  peer: Partial<Actor>;
}

/** Milliseconds. */
const LINGER = 2_000;

/** Serves whoever is at the other end until they leave; the runs that they began go on. Never rejects. */
export async function serve(wire: Wire, { resident, peer }: ServeOptions): Promise<void> {
  const outbox = openOutbox(wire.writable, {
    overflow: () => resident.log('warn', 'a client that read too slowly was cut off'),
  });
  let session: Session | undefined;
  try {
    for await (const line of linesOf(wire.readable)) {
      const message = parseClientMessage(line, resident.version);
      if (message.kind === 'hello') session = greet(message);
      else if (!handleWithoutHello(message)) handle(message);
    }
  } catch (thrown) {
    const failure = failureOf(thrown);
    resident.log('warn', `a connection was refused: ${failure.code}: ${failure.message}`);
    outbox.send({ kind: 'refused', failure });
  }
  session?.leave();
  if (session) resident.leave(session);
  void outbox.end();
  linger(wire);

  function greet(hello: Extract<ClientMessage, { kind: 'hello' }>): Session {
    if (session) throw daemonError('wire-garbage', 'A connection says hello once.');
    const { version, build, startedAt } = resident;
    const opened = openSession({ hello, peer, resident, outbox });
    resident.join(opened);
    outbox.send({ kind: 'welcome', protocol: PROTOCOL, version, build, pid: process.pid, startedAt });
    return opened;
  }

  /** What programs of every version may say. */
  function handleWithoutHello(message: ClientMessage): boolean {
    if (message.kind === 'status') outbox.send({ kind: 'status', status: resident.status() });
    else if (message.kind === 'handover') {
      resident.retire(message);
      outbox.send({ kind: 'retired', pid: process.pid });
    } else if (message.kind === 'stop') {
      outbox.send({ kind: 'stopping', pid: process.pid, running: resident.stop(message.force) });
    } else return false;
    return true;
  }

  function handle(message: ClientMessage): void {
    if (!session) throw daemonError('wire-garbage', `The first message is hello, not ${message.kind}.`);
    session.handle(message);
  }
}

/** Lets a client that is still writing come to read its last message: breaking off at once would take that from it. */
function linger({ readable }: Wire): void {
  if (readable.destroyed) return;
  const timer = setTimeout(() => readable.destroy(), LINGER);
  readable.once('close', () => clearTimeout(timer));
  readable.resume();
}
