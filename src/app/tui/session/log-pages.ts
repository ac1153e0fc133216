import { type Failure, failureOf } from '#engines/core/errors.ts';
import type { LogEvent } from '#engines/process/types.ts';
import { harmless, type LogLine } from '#panes/kit/log.ts';
import { saying } from '../dispatch/call.ts';
import type { LogView, Want } from '../state/logs/logs.ts';
import { byTime } from '../state/logs/order.ts';
import { patternOf } from '../state/logs/search.ts';
import { withFailure, withNewerPage, withOlderPage, withOtherPage, withView } from '../state/logs/take.ts';
import { lineKey } from '../state/logs/window.ts';
import type { Keeper, Line } from './keeper.ts';

/** Lines that are read at a time. */
export const PAGE = 1_000;

type Beyond = Exclude<Want, { kind: 'newest' }>;
type Wanted<Kind extends Want['kind']> = Extract<Want, { kind: Kind }>;
/** What is read from a place on. */
type Forwards = Wanted<'newer' | 'oldest' | 'moment' | 'line'>;

export interface LogPages {
  /** Reads what is beyond the window; `rest` gives the lines that were gathered and are not shown yet. */
  read(want: Beyond, about: string, signal: AbortSignal, rest: () => LogLine[]): Promise<void>;
  /** Told of lines that were written while a page is read, so that the page can go up to them. */
  record(lines: readonly LogLine[]): void;
  readonly reading: boolean;
}

/** Where a page begins or ends in the log of one process, as the headless form takes it. */
type Bound = Partial<Record<'before' | 'from', number> & Record<'since' | 'until', string>>;

/** Reads the parts of logs that a person scrolls to. */
export function createLogPages(line: Line, keeper: Keeper): LogPages {
  let reading = 0;
  let recorded: LogLine[] = [];

  async function read(
    want: Beyond,
    about: string,
    signal: AbortSignal,
    rest: () => LogLine[],
  ): Promise<void> {
    reading++;
    recorded = [];
    const { view } = keeper.state().logs;
    const change: Change = view
      ? await changeFor(want, view, signal).catch((thrown) => failed(want, failureOf(thrown)))
      : () => ({});
    reading--;
    if (signal.aborted) return;
    const live = [...recorded, ...rest()];
    keeper.change((state) => {
      let told: string | undefined;
      const changed = withView(state, about, (now) => {
        const { said, ...rest } = change(now, live);
        told = said;
        return { wants: undefined, ...rest };
      });
      return told === undefined ? changed : saying(changed, told, 'quiet');
    }, 'now');
  }

  async function changeFor(want: Beyond, view: LogView, signal: AbortSignal): Promise<Change> {
    if (want.kind === 'match') return matched(want, await nextMatch(want, view, signal));
    if (want.kind === 'older') {
      const lines = await older(view, signal);
      return (now) => withOlderPage(now, lines);
    }
    const { lines, isLast } = await newer(want, view, signal);
    const upTo = (live: readonly LogLine[]) => (isLast && live.length <= PAGE ? live : undefined);
    if (want.kind === 'newer') return (now, live) => withNewerPage(now, lines, upTo(live));
    if (lines.length === 0) return () => ({ said: nothingFor(want) });
    const key = want.kind === 'line' ? lineKey(want) : undefined;
    return (now, live) =>
      withOtherPage(now, { lines, live: upTo(live), isWhole: want.kind === 'oldest', key });
  }

  /** The nearest line beyond the window that has what is searched for. */
  async function nextMatch(
    { step, search }: Wanted<'match'>,
    view: LogView,
    signal: AbortSignal,
  ): Promise<LogLine | undefined> {
    const { grep, invert } = view.range;
    // What is left out by a pattern can't be searched by another one at the same time.
    if (invert) return undefined;
    const more = { grep: patternOf(search, grep), ...(step < 0 ? { tail: 1 } : {}) };
    const bound = (process: string) =>
      step < 0 ? endOf(view, process) : beginningOf({ kind: 'newer' }, view, process);
    const found = await pagesOf(view, signal, bound, { most: 1, ...more });
    return byTime(found).at(step < 0 ? -1 : 0);
  }

  async function older(view: LogView, signal: AbortSignal): Promise<LogLine[]> {
    const pages = await pagesOf(view, signal, (process) => endOf(view, process), { most: PAGE, tail: PAGE });
    return byTime(pages).slice(-PAGE);
  }

  async function newer(
    want: Forwards,
    view: LogView,
    signal: AbortSignal,
  ): Promise<{ lines: LogLine[]; isLast: boolean }> {
    const pages = await pagesOf(view, signal, (process) => beginningOf(want, view, process), {
      most: PAGE + 1,
    });
    const lines = byTime(pages);
    // One line more than a page has been read where there are more.
    return { lines: lines.slice(0, PAGE), isLast: lines.length <= PAGE };
  }

  async function pagesOf(
    { processes, range }: LogView,
    signal: AbortSignal,
    boundOf: (process: string) => Bound | undefined,
    { most, ...more }: { most: number; tail?: number; grep?: string },
  ): Promise<LogLine[][]> {
    const host = await line.host();
    return Promise.all(
      processes.map(async (process) => {
        const bound = boundOf(process);
        if (!bound) return [];
        const enough = new AbortController();
        const caller = keeper.caller({ signal: AbortSignal.any([signal, enough.signal]) });
        const lines: LogLine[] = [];
        const input = { names: [process], ...range, ...bound, ...more, follow: false };
        for await (const event of host.follow('process.logs', input, caller)) {
          lines.push(harmless(event as LogEvent));
          if (lines.length >= most) break;
        }
        enough.abort();
        return lines;
      }),
    );
  }

  return {
    read,
    record: (lines) => {
      if (reading > 0 && recorded.length <= PAGE) recorded.push(...lines);
    },
    get reading() {
      return reading > 0;
    },
  };
}

type Change = (view: LogView, live: readonly LogLine[]) => Partial<LogView> & { said?: string };

/** Where older lines of a process end; of one that has none in the window by the time of what is there. */
function endOf({ window: { begins, lines } }: LogView, process: string): Bound | undefined {
  const before = begins.get(process);
  if (before !== undefined) return { before };
  const first = lines[0]?.at;
  return first == null ? undefined : { until: new Date(first).toISOString() };
}

/** Where newer lines of a process begin; of one that has none in the window by the time of what is there. */
function beginningOf(
  want: Forwards,
  { window: { ends, lines } }: LogView,
  process: string,
): Bound | undefined {
  const since = (at: number | null | undefined): Bound | undefined =>
    at == null ? undefined : { since: new Date(at).toISOString() };
  switch (want.kind) {
    case 'oldest':
      return { from: 0 };
    case 'moment':
      return { since: want.since };
    case 'line':
      return process === want.process ? { from: want.offset } : since(want.at);
    case 'newer': {
      const from = ends.get(process);
      return from === undefined ? since(lines.at(-1)?.at) : { from };
    }
  }
}

/** A match is where its line is, which is read from there on. */
function matched({ step, search }: Wanted<'match'>, line: LogLine | undefined): Change {
  if (!line) return () => ({ said: `nothing further ${step > 0 ? 'down' : 'up'} has ${search}` });
  const { process, offset, at } = line;
  return () => ({ wants: { kind: 'line', process, offset, at } });
}

/** Whoever asked for something is told why it can't be had; what was only scrolled to stops. */
function failed({ kind }: Beyond, failure: Failure): Change {
  const isAsked = kind !== 'older' && kind !== 'newer';
  return () => (isAsked ? { said: failure.message } : withFailure(failure));
}

function nothingFor(want: Forwards): string {
  return want.kind === 'moment'
    ? `nothing has been written since ${want.since}`
    : 'nothing has been written yet';
}
