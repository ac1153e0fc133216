import { createEmulator, type Emulator } from '../test/rig/emulator.ts';
import type { World } from '../test/rig/home.ts';
import { openPty } from '../test/rig/pty.ts';

/** A program on a pty, and when what it shows arrived. */
export interface Stopwatch {
  readonly pid: number;
  /** The screen as one text. */
  text(): string;
  /** Bytes that have arrived so far. */
  readonly bytes: number;
  send(keys: string): void;
  /**
   * Milliseconds since `from` (of `performance.now()`) at which those bytes arrived that made the screen satisfy; the
   * emulator reads them later, so that its own time does not count.
   */
  until(isThere: (text: string) => boolean, from: number): Promise<number>;
  /** Resolves when nothing has arrived for so many milliseconds. */
  quiet(milliseconds: number): Promise<void>;
  /** Ends it and resolves when it is gone. */
  end(): Promise<void>;
  readonly exit: Promise<unknown>;
}

interface Opening {
  argv: readonly [string, ...string[]];
  cwd: string;
  cols: number;
  rows: number;
}

const PATIENCE = 60_000;

/** Opens a program on a pty; times are taken where its bytes come in. */
export function openStopwatch(world: World, { argv: [file, ...args], ...options }: Opening): Stopwatch {
  const { cols, rows } = options;
  const listeners = new Set<(arrivedAt: number) => void>();
  let bytes = 0;
  const emulator: Emulator = createEmulator({
    cols,
    rows,
    onAnswer: (answer) => pty.write(answer),
    onIdle: () => {},
  });
  const env = world.environment({ TERM: 'xterm-256color', COLORTERM: 'truecolor' });
  const pty = openPty({ file, args, ...options, env }, (chunk) => {
    const arrivedAt = performance.now();
    bytes += chunk.length;
    emulator.write(chunk, () => {
      for (const listener of [...listeners]) listener(arrivedAt);
    });
  });
  let ended = false;
  const exit = pty.exit.finally(() => {
    ended = true;
    emulator.terminal.dispose();
  });
  world.defer(() => end());

  const text = () => emulator.lines().join('\n');

  function until(isThere: (text: string) => boolean, from: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        listeners.delete(look);
        act();
      };
      const look = (arrivedAt: number) => {
        if (isThere(text())) settle(() => resolve(arrivedAt - from));
      };
      const timer = setTimeout(
        () =>
          settle(() => reject(new Error(`Waited ${PATIENCE} ms in vain for a screen; it was:\n${text()}`))),
        PATIENCE,
      );
      listeners.add(look);
    });
  }

  function quiet(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        listeners.delete(again);
        resolve();
      };
      let timer = setTimeout(done, milliseconds);
      const again = () => {
        clearTimeout(timer);
        timer = setTimeout(done, milliseconds);
      };
      listeners.add(again);
    });
  }

  async function end(): Promise<void> {
    if (!ended) pty.kill('SIGTERM');
    await exit;
  }

  return {
    pid: pty.pid,
    text,
    get bytes() {
      return bytes;
    },
    send: pty.write,
    until,
    quiet,
    end,
    exit,
  };
}
