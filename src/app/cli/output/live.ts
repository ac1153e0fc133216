import { tellLines, tellText } from '#app/surface/streams.ts';
import { throttle } from '#app/surface/throttle.ts';

/** Milliseconds between two drawings. */
const PACE = 100;

/** Of a terminal, in cells. */
export interface Size {
  columns: number;
  rows: number;
}

/** Lines at the end of a terminal that are drawn over in place. */
export interface Live {
  /** What they show has changed. */
  change(): void;
  /** Puts lines above them that stay. */
  put(lines: readonly string[]): void;
  /** Takes them away, for good. */
  close(): void;
}

/** On the terminal of the standard error. What leaves the process without closing them takes them away as well. */
export function openLive(lines: (size: Size) => readonly string[]): Live {
  const ended = new AbortController();
  const change = throttle<void>(() => draw([], lines(terminalSize())), {
    interval: PACE,
    signal: ended.signal,
  });
  let height = 0;
  process.once('exit', close);

  function put(above: readonly string[]): void {
    draw(above, height === 0 ? [] : lines(terminalSize()));
  }

  /** In one write, each line over the one that stood there, and nothing left below. */
  function draw(above: readonly string[], below: readonly string[]): void {
    const up = height > 0 ? `\r\x1b[${height}A` : '';
    const text = [...above, ...below].map((line) => `${line}\x1b[K\n`).join('');
    if (height + below.length > 0) tellText(`${up}${text}\x1b[J`);
    else tellLines(above);
    height = below.length;
  }

  function close(): void {
    process.off('exit', close);
    ended.abort();
    draw([], []);
  }

  return { change, put, close };
}

/** Asked for when something is drawn: Node's terminals take 2 ms to load. */
function terminalSize(): Size {
  const { columns = 80, rows = 24 } = process.stderr;
  return { columns, rows };
}
