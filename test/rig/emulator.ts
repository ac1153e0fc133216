import unicode11 from '@xterm/addon-unicode11';
import headless, { type Terminal } from '@xterm/headless';
import { type Cell, type Cursor, cellAt, type Frame, runsOf, visibleLine } from './cells.ts';

export type Emulator = {
  readonly terminal: Terminal;
  readonly cursor: Cursor;
  readonly title: string;
  /** Bytes that the idle reports took of what was written. */
  readonly reportBytes: number;
  write(bytes: Uint8Array, onParsed: () => void): void;
  /** Resolves when everything written so far is on the screen. */
  flush(): Promise<void>;
  lines(): string[];
  cell(x: number, y: number): Cell;
  frame(): Frame;
};

export type EmulatorOptions = {
  cols: number;
  rows: number;
  /** What the terminal answers to the program's queries. */
  onAnswer: (answer: string) => void;
  /** The program reports that it is idle and has consumed so many bytes of input. */
  onIdle: (consumed: number) => void;
};

/** The colours that the terminal gives when asked for its own: a dark one. */
const OWN_COLORS = { 10: 'rgb:e6e6/eded/f3f3', 11: 'rgb:0d0d/1111/1717' } as const;
const IDLE_REPORT = 7777;
const SHOW_CURSOR = 25;

export const createEmulator = ({ cols, rows, onAnswer, onIdle }: EmulatorOptions): Emulator => {
  const terminal = new headless.Terminal({ cols, rows, allowProposedApi: true, scrollback: 10_000 });
  terminal.loadAddon(new unicode11.Unicode11Addon());
  terminal.unicode.activeVersion = '11';
  terminal.onData(onAnswer);

  let title = '';
  terminal.onTitleChange((changed) => {
    title = changed;
  });
  let cursorVisible = true;
  const followCursor = (visible: boolean) => (params: (number | number[])[]) => {
    if (params.includes(SHOW_CURSOR)) cursorVisible = visible;
    return false;
  };
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, followCursor(true));
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, followCursor(false));

  for (const [code, color] of Object.entries(OWN_COLORS)) {
    terminal.parser.registerOscHandler(Number(code), (data) => {
      if (data === '?') onAnswer(`\x1b]${code};${color}\x1b\\`);
      return data === '?';
    });
  }

  let reportBytes = 0;
  terminal.parser.registerOscHandler(IDLE_REPORT, (data) => {
    const report = /^idle;(\d+)$/.exec(data);
    if (!report) return false;
    reportBytes += `\x1b]${IDLE_REPORT};${data}\x07`.length;
    onIdle(Number(report[1]));
    return true;
  });

  const cursor = (): Cursor => {
    const { cursorX, cursorY, baseY, viewportY } = terminal.buffer.active;
    return {
      x: Math.min(cursorX, terminal.cols - 1),
      y: cursorY + baseY - viewportY,
      visible: cursorVisible,
    };
  };
  const rowsOf = <T>(read: (y: number) => T) => Array.from({ length: terminal.rows }, (_, y) => read(y));

  return {
    terminal,
    get cursor() {
      return cursor();
    },
    get title() {
      return title;
    },
    get reportBytes() {
      return reportBytes;
    },
    write: (bytes, onParsed) => terminal.write(bytes, onParsed),
    flush: () => new Promise((resolve) => terminal.write('', resolve)),
    lines: () => rowsOf((y) => visibleLine(terminal, y)?.translateToString(false) ?? ''),
    cell: (x, y) => cellAt(terminal, x, y),
    frame: () => ({
      cols: terminal.cols,
      rows: terminal.rows,
      lines: rowsOf((y) => runsOf(visibleLine(terminal, y), terminal.cols)),
      cursor: cursor(),
      title,
    }),
  };
};
