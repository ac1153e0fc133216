import { failureOf } from '#engines/core/errors.ts';
import type { LogEvent } from '#engines/process/types.ts';
import { harmless, type LogLine } from '#panes/kit/log.ts';
import { isFollowing, type LogView, type Want } from '../state/logs/logs.ts';
import { withFailure, withLive, withSilence, withView } from '../state/logs/take.ts';
import type { Keeper, Line } from './keeper.ts';
import { createLogPages, PAGE } from './log-pages.ts';

/** Milliseconds: of rest before logs are followed, in which lines are gathered, after which a silent log has been heard. */
const REST = 40;
const GATHER = 50;
const SILENCE = 300;
/** Lines that are taken in one turn at the most. */
const TURN = 1_000;
/** So many lines in each of so many turns, and so many milliseconds behind: then what is between is passed by. */
const PRESS = { lines: 100, turns: 10, late: 1_000 };

export interface LogFollower {
  /** Follows the logs that the state shows, and reads what it wants of them. */
  follow(): void;
  /** Lines have come that are not shown, or are about to. */
  readonly busy: boolean;
  close(): void;
}

/** Logs that are followed, by one stream at a time. */
interface Following {
  about: string;
  /** What the stream was asked for. */
  asked: string;
  left: AbortController;
  wanted?: Want;
}

/** One stream of lines that are being written. */
interface Stream {
  abort: AbortController;
  lines: LogLine[];
  /** They do not go on where those before end. */
  afresh: boolean;
  /** Resolves when what was gathered has been taken. */
  taken: PromiseWithResolvers<void>;
  timer?: NodeJS.Timeout;
  /** Turns in a row that had many lines. */
  pressed: number;
  /** Milliseconds from writing to reading, at the least: a process may have a clock of its own. */
  least: number;
}

export function createLogs(line: Line, keeper: Keeper, now: () => number): LogFollower {
  const pages = createLogPages(line, keeper);
  let current: Following | undefined;
  let stream: Stream | undefined;
  let isSettling = false;

  line.onHost(() => {
    if (current) begin(current);
  });

  function follow(): void {
    const { view } = keeper.state().logs;
    const hasLogs = view !== undefined && view.processes.length > 0;
    const asked = hasLogs ? JSON.stringify([view.about, view.processes, view.range]) : undefined;
    if (current?.asked !== asked) {
      stop();
      current = view && asked ? { about: view.about, asked, left: new AbortController() } : undefined;
      if (current) begin(current);
    }
    if (current && view?.wants && view.wants !== current.wanted) serve(current, view.wants);
  }

  function stop(): void {
    current?.left.abort();
    current = undefined;
    end();
    isSettling = false;
  }

  function end(): void {
    stream?.abort.abort();
    stream?.taken.resolve();
    clearTimeout(stream?.timer);
    stream = undefined;
  }

  function serve(mine: Following, want: Want): void {
    mine.wanted = want;
    if (want.kind !== 'newest') return void pages.read(want, mine.about, mine.left.signal, takeRest);
    keeper.change((state) => withView(state, mine.about, () => ({ wants: undefined })), 'soon');
    begin(mine);
  }

  /** Follows from the end of the logs on; what was followed before is followed no more. */
  function begin(mine: Following): void {
    end();
    const abort = new AbortController();
    const opened: Stream = {
      abort,
      lines: [],
      afresh: true,
      taken: Promise.withResolvers(),
      pressed: 0,
      least: Infinity,
    };
    stream = opened;
    isSettling = true;
    void listen(mine, opened, abort.signal);
    const { view } = keeper.state().logs;
    if (view?.top) keeper.change((state) => withView(state, mine.about, () => ({ reaches: false })), 'soon');
  }

  async function listen(mine: Following, opened: Stream, signal: AbortSignal): Promise<void> {
    await pause(REST);
    const { view } = keeper.state().logs;
    if (signal.aborted || view?.about !== mine.about) return;
    let silence: NodeJS.Timeout | undefined;
    try {
      const host = await line.host();
      silence = setTimeout(() => heard(mine, opened), SILENCE);
      for await (const event of host.follow('process.logs', inputOf(view), keeper.caller({ signal }))) {
        gather(mine, opened, harmless(event as LogEvent));
        if (opened.lines.length >= TURN) await opened.taken.promise;
        if (signal.aborted) return;
      }
      if (!signal.aborted) take(mine, opened);
    } catch (thrown) {
      if (signal.aborted) return;
      take(mine, opened);
      isSettling = false;
      keeper.change((state) => withView(state, mine.about, () => withFailure(failureOf(thrown))), 'soon');
    } finally {
      clearTimeout(silence);
      heard(mine, opened);
    }
  }

  /** Nothing may ever come of a log: that is known once it has been silent for a moment. */
  function heard(mine: Following, opened: Stream): void {
    if (stream !== opened || !isSettling) return;
    isSettling = false;
    if (opened.lines.length > 0) return;
    keeper.change((state) => withView(state, mine.about, withSilence), 'soon');
  }

  function gather(mine: Following, opened: Stream, one: LogLine): void {
    opened.lines.push(one);
    opened.timer ??= setTimeout(take, GATHER, mine, opened);
  }

  function take(mine: Following, opened: Stream): void {
    clearTimeout(opened.timer);
    opened.timer = undefined;
    if (stream !== opened || opened.lines.length === 0) return;
    const { lines, afresh } = opened;
    opened.lines = [];
    opened.afresh = false;
    const isLate = late(opened, lines);
    opened.taken.resolve();
    opened.taken = Promise.withResolvers();
    isSettling = false;
    pages.record(lines);
    keeper.change((state) => withView(state, mine.about, (view) => withLive(view, lines, afresh)), 'soon');
    if (isLate) begin(mine);
  }

  /** A log that grows faster than it can be read would be followed further and further behind. */
  function late(opened: Stream, lines: readonly LogLine[]): boolean {
    opened.pressed = lines.length >= PRESS.lines ? opened.pressed + 1 : 0;
    const at = lines.at(-1)?.at;
    if (at == null) return false;
    const behind = now() - at;
    opened.least = Math.min(opened.least, behind);
    return opened.pressed >= PRESS.turns && behind - opened.least > PRESS.late;
  }

  /** What was gathered, for a page that it goes on from. */
  function takeRest(): LogLine[] {
    const lines = stream?.lines ?? [];
    if (stream && lines.length > 0) Object.assign(stream, { lines: [], afresh: false });
    return lines;
  }

  return {
    follow,
    get busy() {
      return isSettling || pages.reading || (stream?.lines.length ?? 0) > 0;
    },
    close: stop,
  };
}

/** Who follows sees the last lines first; who does not is only told how many come. */
function inputOf(view: LogView): Record<string, unknown> {
  const { processes, range } = view;
  const tail = isFollowing(view) ? PAGE : 0;
  return { names: processes, ...range, tail, follow: range.until === undefined };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
