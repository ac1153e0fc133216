import type { Writable } from 'node:stream';
import { daemonError } from '#engines/daemon/errors.ts';
import { fitsLine, LINE_LIMIT } from '#engines/daemon/lines.ts';
import { encode, type HostMessage } from '#engines/daemon/wire.ts';
import { isTalk, progressKey } from './history.ts';

export interface Outbox {
  /** False where the message was too long and a failure went in its place. */
  send(message: HostMessage): boolean;
  /** Closes the stream once everything has gone out; resolves when it has, or when the connection broke. */
  end(): Promise<void>;
}

interface OutboxOptions {
  /** The reader was so slow that it was cut off. */
  overflow(): void;
}

/** Bytes that wait for a slow reader: beyond the first, talk is left out; beyond the second, the reader is cut off. */
const TALK_LIMIT = 1024 * 1024;
const BACKLOG_LIMIT = 64 * 1024 * 1024;

/** Writes messages as fast as the reader takes them; of what has to wait, later progress replaces earlier. */
export function openOutbox(stream: Writable, { overflow }: OutboxOptions): Outbox {
  const closed = Promise.withResolvers<void>();
  const backlog = new Map<string, string>();
  let size = 0;
  let kept = 0;
  let blocked = false;
  let ending = false;
  // The reading side tells that the connection broke.
  stream.on('error', () => {});
  stream.once('finish', closed.resolve);
  stream.once('close', closed.resolve);
  stream.on('drain', flush);

  function send(message: HostMessage): boolean {
    const line = encode(message);
    const fits = fitsLine(line);
    if (ending || !stream.writable) return fits;
    if (fits) put(message, line);
    else if (message.kind === 'outcome' || message.kind === 'event') putTooLong(message);
    return fits;
  }

  function put(message: HostMessage, line: string): void {
    if (blocked) keep(message, line);
    else blocked = !stream.write(line);
  }

  function putTooLong(message: Extract<HostMessage, { kind: 'outcome' | 'event' }>): void {
    const said = `What came of it does not fit into ${LINE_LIMIT} bytes.`;
    const { failure } = daemonError('line-too-long', said);
    const instead: HostMessage =
      message.kind === 'outcome'
        ? { kind: 'outcome', id: message.id, outcome: { kind: 'failure', failure } }
        : { kind: 'end', id: message.id, failure };
    put(instead, encode(instead));
  }

  function keep(message: HostMessage, line: string): void {
    const progress = keyOf(message);
    if (!progress && size > TALK_LIMIT && message.kind === 'report' && isTalk(message.report)) return;
    const key = progress ?? `#${kept++}`;
    size += line.length - (backlog.get(key)?.length ?? 0);
    backlog.delete(key);
    backlog.set(key, line);
    if (size <= BACKLOG_LIMIT) return;
    stream.destroy();
    overflow();
  }

  function flush(): void {
    blocked = false;
    for (const [key, line] of backlog) {
      backlog.delete(key);
      size -= line.length;
      blocked = !stream.write(line);
      if (blocked) return;
    }
    if (ending) stream.end();
  }

  function end(): Promise<void> {
    if (!ending && !blocked) stream.end();
    ending = true;
    if (stream.closed) closed.resolve();
    return closed.promise;
  }

  return { send, end };
}

function keyOf(message: HostMessage): string | undefined {
  if (message.kind !== 'report') return undefined;
  const progress = progressKey(message.report);
  return progress && `${message.id} ${progress}`;
}
