import type { ReadStream, WriteStream } from 'node:tty';
import { type End, watchEnds } from './ends.ts';
import { createOutput, type Output } from './output.ts';
import { BEGIN_FRAME, END_FRAME, ENTER, HOME_AND_ERASE, LEAVE } from './sequences.ts';

/** The terminal while the screen has it; nothing else writes to stdout. */
export interface Terminal {
  readonly cols: number;
  readonly rows: number;
  readonly stdin: ReadStream;
  /** Where Ink writes its frames. */
  readonly output: Output;
  /** Sequences that are no part of a frame. */
  send(sequence: string): void;
  /** The first picture, before there is an Ink to paint one. */
  paint(lines: readonly string[]): void;
  /** Gives the terminal to somebody else until it is done. */
  lend<T>(during: () => Promise<T>): Promise<T>;
  /** The terminal has a new size. */
  onResize(listener: () => void): void;
  /** Resolves when the screen is to end: it was told to, by a signal, because the terminal is gone, by a defect. */
  readonly ended: Promise<End>;
  end(end: End): void;
  /** Puts everything back as it was; safe to call at any moment, and more than once. */
  restore(): void;
}

/** Takes the terminal: raw mode first, so that keys typed early are neither echoed nor lost. */
export function openTerminal(stdin: ReadStream, stdout: WriteStream): Terminal {
  let taken = false;
  const ended = Promise.withResolvers<End>();
  const stopWatching = watchEnds({ stdin, stdout }, ended.resolve);
  const output = createOutput(stdout);

  function take(): void {
    stdin.setRawMode(true);
    output.open();
    output.send(ENTER);
    taken = true;
  }

  function release(): void {
    if (!taken) return;
    taken = false;
    // Before anybody can see that it is theirs: the enter key of what they type then is a line's end only in this mode.
    stdin.pause();
    try {
      stdin.setRawMode(false);
    } catch {
      // The terminal is gone: there is nothing left to put back.
    }
    output.send(LEAVE);
    output.close();
  }

  take();
  return {
    get cols() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
    stdin,
    output,
    send: (sequence) => output.send(sequence),
    paint: (lines) => output.send(`${BEGIN_FRAME}${HOME_AND_ERASE}${lines.join('\r\n')}${END_FRAME}`),
    lend: async (during) => {
      release();
      try {
        return await during();
      } finally {
        take();
        stdin.resume();
      }
    },
    onResize: (listener) => void stdout.on('resize', listener),
    ended: ended.promise,
    end: ended.resolve,
    restore: () => {
      release();
      stopWatching();
    },
  };
}
