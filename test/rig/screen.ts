import type { Cell, Cursor, Frame } from './cells.ts';
import { createEmulator } from './emulator.ts';
import type { World } from './home.ts';
import { encodeKey } from './keys.ts';
import { programCommand } from './program.ts';
import { openPty, type PtyExit } from './pty.ts';
import { DEADLINE } from './until.ts';

export type ScreenOptions = {
  /** 80 unless told. */
  cols?: number;
  /** 24 unless told. */
  rows?: number;
  /** The world's `work` unless told. */
  cwd?: string;
  env?: Record<string, string | undefined>;
};

/** A program on a real pty with a terminal emulator behind it, and a pair of hands. */
export type Screen = {
  readonly pid: number;
  readonly cols: number;
  readonly rows: number;
  /** Presses keys: `press('j', 'enter', 'ctrl+c', 'shift+tab', 'pageup')`. */
  press(...keys: string[]): void;
  /** Sends text in one piece, as fast typing over a slow line arrives. */
  type(text: string): void;
  /** Pastes, in brackets where the program has asked for them. */
  paste(text: string): void;
  resize(cols: number, rows: number): void;
  /** Scrolls the terminal's own history; negative goes back. */
  scroll(lines: number): void;
  /** The rows of the screen, right-trimmed. */
  lines(): string[];
  /** The screen as one text, right-trimmed, without the blank rows at its end. */
  text(): string;
  line(y: number): string;
  cell(x: number, y: number): Cell;
  frame(): Frame;
  readonly cursor: Cursor;
  readonly title: string;
  /** The alternate buffer is on. */
  readonly alternate: boolean;
  /** Bytes the program has written since the last mark, idle reports left out. */
  readonly bytes: number;
  /** What it has written since the last mark. */
  readonly output: string;
  mark(): void;
  /** Bytes sent to the program, and how many it has said to have consumed. */
  readonly input: { sent: number; consumed: number | undefined };
  /** Waits until the screen shows the text, matches or satisfies; fails with the last screen drawn in the error. */
  waitFor(expected: string | RegExp | ((screen: Screen) => boolean), within?: number): Promise<void>;
  /** Waits until the program has consumed all input and says that it is idle. */
  idle(within?: number): Promise<void>;
  /** Called after each change of the screen; returns the way to stop that. */
  onChange(listener: () => void): () => void;
  kill(signal: NodeJS.Signals): void;
  hangUp(): void;
  pause(): void;
  resume(): void;
  readonly exit: Promise<PtyExit>;
};

/** Opens the built program on a terminal. */
export const screen = (world: World, args: readonly string[], options: ScreenOptions = {}): Promise<Screen> =>
  terminal(world, [...programCommand(), ...args], options);

/** Opens any program on a terminal. */
export const terminal = async (
  world: World,
  [file, ...args]: readonly [string, ...string[]],
  { cols = 80, rows = 24, cwd = world.path('work'), env }: ScreenOptions = {},
): Promise<Screen> => {
  const input: Screen['input'] = { sent: 0, consumed: undefined };
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const send = (text: string) => {
    input.sent += Buffer.byteLength(text);
    pty.write(text);
  };

  const emulator = createEmulator({
    cols,
    rows,
    onAnswer: send,
    onIdle: (consumed) => {
      input.consumed = consumed;
    },
  });
  emulator.terminal.onWriteParsed(changed);

  let written: Uint8Array[] = [];
  let reportsAtMark = 0;
  const colors = { TERM: 'xterm-256color', COLORTERM: 'truecolor' };
  const pty = openPty(
    { file, args, cols, rows, cwd, env: world.environment({ ...colors, GANTRY_IDLE: '1', ...env }) },
    (bytes) => emulator.write(bytes, () => written.push(bytes)),
  );

  let ended: PtyExit | undefined;
  const exit = pty.exit.then(async (end) => {
    await emulator.flush();
    ended = end;
    changed();
    return end;
  });
  world.defer(async () => {
    if (!ended) pty.kill('SIGKILL');
    await exit;
    emulator.terminal.dispose();
  });

  const waiting = (isMet: () => boolean, what: string, within = DEADLINE): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        listeners.delete(look);
        act();
      };
      const fail = (why: string) =>
        settle(() => reject(new Error(`${why} ${what}. ${drawn(emulator.lines())}`)));
      const look = () => {
        if (isMet()) settle(resolve);
        else if (ended)
          fail(`The program ended (code ${ended.code}, signal ${ended.signal}) while waited for`);
      };
      const timer = setTimeout(() => fail(`Waited ${within} ms for`), within);
      listeners.add(look);
      look();
    });

  const self: Screen = {
    pid: pty.pid,
    get cols() {
      return emulator.terminal.cols;
    },
    get rows() {
      return emulator.terminal.rows;
    },
    press: (...keys) => {
      const applicationCursor = emulator.terminal.modes.applicationCursorKeysMode;
      for (const key of keys) send(encodeKey(key, { applicationCursor }));
    },
    type: send,
    paste: (text) => {
      const typed = text.replaceAll(/\r?\n/g, '\r');
      send(emulator.terminal.modes.bracketedPasteMode ? `\x1b[200~${typed}\x1b[201~` : typed);
    },
    resize: (newCols, newRows) => {
      // The report before the new size says nothing of it: the program has to become idle anew.
      input.consumed = undefined;
      emulator.terminal.resize(newCols, newRows);
      pty.resize(newCols, newRows);
    },
    scroll: (lines) => emulator.terminal.scrollLines(lines),
    lines: () => emulator.lines().map((line) => line.trimEnd()),
    text: () => self.lines().join('\n').trimEnd(),
    line: (y) => self.lines()[y] ?? '',
    cell: emulator.cell,
    frame: emulator.frame,
    get cursor() {
      return emulator.cursor;
    },
    get title() {
      return emulator.title;
    },
    get alternate() {
      return emulator.terminal.buffer.active.type === 'alternate';
    },
    get bytes() {
      return written.reduce((sum, { length }) => sum + length, 0) - (emulator.reportBytes - reportsAtMark);
    },
    get output() {
      return Buffer.concat(written).toString();
    },
    mark: () => {
      written = [];
      reportsAtMark = emulator.reportBytes;
    },
    input,
    waitFor: (expected, within) => waiting(() => satisfies(self, expected), String(expected), within),
    idle: (within) => waiting(() => (input.consumed ?? -1) >= input.sent, 'the program to be idle', within),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    kill: pty.kill,
    hangUp: pty.hangUp,
    pause: pty.pause,
    resume: pty.resume,
    exit,
  };
  return self;
};

const satisfies = (shown: Screen, expected: Parameters<Screen['waitFor']>[0]) => {
  if (typeof expected === 'function') return expected(shown);
  return typeof expected === 'string' ? shown.text().includes(expected) : expected.test(shown.text());
};

/** The screen in a frame; the lines already fill their columns. */
const drawn = (lines: string[]) => {
  const edge = '─'.repeat(Math.max(...lines.map((line) => line.length)));
  return ['The screen was:', `┌${edge}┐`, ...lines.map((line) => `│${line}│`), `└${edge}┘`].join('\n');
};
