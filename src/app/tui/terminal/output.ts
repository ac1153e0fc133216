import { EventEmitter } from 'node:events';
import type { WriteStream } from 'node:tty';
import { BEGIN_FRAME, END_FRAME, HOME_AND_ERASE } from './sequences.ts';
import { terse } from './terse.ts';

/** The one writer of stdout, in the shape that Ink takes for a terminal. */
export interface Output extends EventEmitter {
  readonly isTTY: true;
  readonly columns: number;
  readonly rows: number;
  /** Ink's writes: gathered until the turn ends, written as one. */
  write(text: string, done?: () => void): boolean;
  /** The program's own sequences, in order with the frames. */
  send(sequence: string): void;
  /** The next frame begins on an empty screen. */
  startAnew(): void;
  open(): void;
  /** From here on nothing is written. */
  close(): void;
}

const EMPTY_FRAME = BEGIN_FRAME + END_FRAME;

export function createOutput(stdout: WriteStream): Output {
  let pending = '';
  let isOpen = false;
  let anew = true;

  function flush(): void {
    const text = terse(pending.replaceAll(EMPTY_FRAME, ''));
    pending = '';
    if (text !== '' && isOpen) stdout.write(text);
  }

  function gather(text: string): void {
    if (!isOpen || text === '') return;
    if (pending === '') queueMicrotask(flush);
    pending += text;
  }

  const output: Output = Object.assign(new EventEmitter(), {
    isTTY: true as const,
    columns: 0,
    rows: 0,
    write: (text: string, done?: () => void) => {
      const isFrame = text !== BEGIN_FRAME && text !== END_FRAME && text !== '';
      gather(isFrame && anew ? HOME_AND_ERASE + text : text);
      if (isFrame && isOpen) anew = false;
      done?.();
      return true;
    },
    send: (sequence: string) => {
      gather(sequence);
      flush();
    },
    startAnew: () => {
      anew = true;
    },
    open: () => {
      isOpen = true;
      anew = true;
    },
    close: () => {
      flush();
      isOpen = false;
    },
  });
  Object.defineProperties(output, {
    columns: { get: () => stdout.columns || 80 },
    rows: { get: () => stdout.rows || 24 },
  });
  return output;
}
