import type { Failure } from '#engines/core/errors.ts';
import type { LogLine } from '#panes/kit/log.ts';
import type { State } from '../state.ts';
import type { LogView, Place } from './logs.ts';
import { anew, type LogWindow, lineKey, MOST, withNewer, withOlder } from './window.ts';

/** The state with its log view changed, where it is still about these rows. */
export function withView(state: State, about: string, change: (view: LogView) => Partial<LogView>): State {
  const { view } = state.logs;
  if (view?.about !== about) return state;
  return { ...state, logs: { ...state.logs, view: { ...view, ...change(view) } } };
}

/** Lines that were written just now; `afresh`: they do not go on where the window ends. */
export function withLive(view: LogView, lines: readonly LogLine[], afresh: boolean): Partial<LogView> {
  const live = { status: 'live' as const, failure: undefined };
  if (view.top === undefined && (view.reaches || afresh)) {
    const window = afresh ? anew(view.window, lines) : withNewer(view.window, lines);
    return {
      ...live,
      window,
      reaches: true,
      isWhole: view.isWhole && !afresh && window.first === view.window.first,
    };
  }
  const missed = { lines: view.missed.lines + lines.length, more: view.missed.more || afresh };
  // What a person reads stays; what has no room any more is only counted.
  const fits = view.reaches && !afresh && view.window.lines.length + lines.length <= MOST;
  return fits
    ? { ...live, missed, window: withNewer(view.window, lines) }
    : { ...live, missed, reaches: false };
}

/** The logs are followed, and nothing comes. */
export function withSilence({ status, reaches }: LogView): Partial<LogView> {
  return { status: 'live', failure: undefined, reaches: reaches || status === 'reading' };
}

/** A page of older lines; an empty one says that there are none. */
export function withOlderPage(view: LogView, lines: readonly LogLine[]): Partial<LogView> {
  const window = withOlder(view.window, lines);
  const reaches = view.reaches && view.window.lines.length + lines.length <= MOST;
  return { window, reaches, isWhole: lines.length === 0, wants: undefined };
}

/** A page of newer lines; `live`: those that have been written since, where the page goes up to them. */
export function withNewerPage(
  view: LogView,
  lines: readonly LogLine[],
  live: readonly LogLine[] | undefined,
): Partial<LogView> {
  const paged = withNewer(view.window, lines);
  const window = live ? withNewer(paged, unseen(paged, live)) : paged;
  return {
    window,
    reaches: live !== undefined,
    isWhole: view.isWhole && window.first === view.window.first,
    wants: undefined,
  };
}

interface OtherPage {
  lines: readonly LogLine[];
  live: readonly LogLine[] | undefined;
  /** Nothing is before its first line. */
  isWhole: boolean;
  /** The line to begin at, where it is not the first. */
  key?: string;
}

/** Lines from elsewhere in the logs; the window is where they are. */
export function withOtherPage(view: LogView, { lines, live, isWhole, key }: OtherPage): Partial<LogView> {
  const paged = anew(view.window, lines);
  const window = live ? withNewer(paged, unseen(paged, live)) : paged;
  const at = Math.max(0, key === undefined ? 0 : window.lines.findIndex((line) => lineKey(line) === key));
  const top: Place = { number: window.first + at, row: 0 };
  return {
    window,
    reaches: live !== undefined,
    isWhole,
    wants: undefined,
    top,
    status: 'live',
    found: key === undefined ? undefined : top.number,
  };
}

/** Of lines that came meanwhile, those that a window does not have yet. */
function unseen({ ends }: LogWindow, lines: readonly LogLine[]): LogLine[] {
  return lines.filter(({ process, offset }) => offset >= (ends.get(process) ?? 0));
}

export function withFailure(failure: Failure): Partial<LogView> {
  return { failure, status: 'still', wants: undefined };
}
