import type { GantryError } from '#engines/core/errors.ts';
import { absent, closeWire, openSocket, type Wire } from './connect.ts';
import { daemonError } from './errors.ts';
import { linesOf } from './lines.ts';
import { type ClientMessage, encode, type HostMessage, PROTOCOL, parseHostMessage, refusal } from './wire.ts';

type Kind<K extends HostMessage['kind']> = Extract<HostMessage, { kind: K }>;
type Hello = Extract<ClientMessage, { kind: 'hello' }>;

/** Milliseconds within which a host that is well has answered. */
const PATIENCE = 5_000;

/** Says hello; returns the welcome and the messages after it. */
export async function greet(
  wire: Wire,
  hello: Omit<Hello, 'kind' | 'protocol'>,
): Promise<{ welcome: Kind<'welcome'>; messages: AsyncGenerator<HostMessage> }> {
  const { reply, messages } = await exchange(wire, { kind: 'hello', protocol: PROTOCOL, ...hello });
  return { welcome: expect(reply, 'welcome'), messages };
}

/** The one answer to a message that needs no hello, and when the host closed the connection. */
export async function request<K extends 'status' | 'retired' | 'stopping'>(
  socket: string,
  message: Extract<ClientMessage, { kind: 'status' | 'handover' | 'stop' }>,
  kind: K,
): Promise<{ reply: Kind<K>; ended: Promise<void>; close(): void }> {
  const wire = await openSocket(socket);
  const { reply, messages } = await exchange(wire, message);
  const ended = messages.next().then(
    () => closeWire(wire),
    () => closeWire(wire),
  );
  return { reply: expect(reply, kind), ended, close: () => closeWire(wire) };
}

async function exchange(
  wire: Wire,
  message: ClientMessage,
): Promise<{ reply: HostMessage; messages: AsyncGenerator<HostMessage> }> {
  const messages = messagesOf(wire);
  // A write to a host that is just going fails; reading tells so.
  wire.writable.on('error', () => {});
  wire.writable.write(encode(message));
  const silence = setTimeout(() => wire.readable.destroy(silent()), PATIENCE);
  try {
    const { value } = await messages.next();
    if (!value) throw absent();
    if (value.kind === 'refused') throw refusal(value);
    return { reply: value, messages };
  } catch (thrown) {
    closeWire(wire);
    throw thrown;
  } finally {
    clearTimeout(silence);
  }
}

async function* messagesOf({ readable }: Wire): AsyncGenerator<HostMessage> {
  for await (const line of linesOf(readable)) yield parseHostMessage(line);
}

function expect<K extends HostMessage['kind']>(message: HostMessage, kind: K): Kind<K> {
  if (message.kind === kind) return message as Kind<K>;
  throw daemonError('wire-garbage', `The daemon answered ${message.kind}, not ${kind}.`);
}

function silent(): GantryError {
  return daemonError('daemon-silent', `The daemon has not answered for ${PATIENCE / 1000} seconds.`, {
    next: ['gantry daemon logs', 'gantry daemon stop --force'],
  });
}
