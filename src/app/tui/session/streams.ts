import { eventPrinter } from '#app/surface/text/events.ts';
import { failureOf } from '#engines/core/errors.ts';
import { type Line, span } from '#panes/kit/line.ts';
import { plain } from '#panes/kit/plain.ts';
import type { Call } from '#panes/pane.ts';
import { withEvents } from '../state/stream.ts';
import type { Line as HostLine, Keeper } from './keeper.ts';

/** Milliseconds in which events are gathered and shown together. */
const GATHER = 20;

export interface Streams {
  start(stream: number, call: Call): void;
  stop(stream: number): void;
  /** Events have come that are not shown yet. */
  readonly gathering: boolean;
  close(): void;
}

/** Follows stream actions for the viewers that show them. */
export function createStreams(line: HostLine, keeper: Keeper): Streams {
  const running = new Map<number, AbortController>();
  const gathered = new Map<number, Line[]>();

  function tell(stream: number, lines: readonly Line[]): void {
    const before = gathered.get(stream);
    if (!before) setTimeout(show, GATHER, stream);
    gathered.set(stream, [...(before ?? []), ...lines]);
  }

  function show(stream: number): void {
    const lines = gathered.get(stream) ?? [];
    gathered.delete(stream);
    keeper.change((state) => withEvents(state, stream, lines, running.has(stream)), 'soon');
  }

  async function follow(stream: number, { action, input }: Call, signal: AbortSignal): Promise<void> {
    try {
      const host = await line.host();
      const print = eventPrinter(action, input);
      for await (const event of host.follow(action, input, keeper.caller({ signal }))) {
        const text = print(event).split('\n');
        tell(
          stream,
          text.map((one) => [span(plain(one))]),
        );
      }
      tell(stream, [[span('Nothing more comes.', 'quiet')]]);
    } catch (thrown) {
      if (!signal.aborted) tell(stream, [[span(plain(failureOf(thrown).message), 'bad')]]);
    }
    running.delete(stream);
  }

  return {
    start: (stream, call) => {
      const abort = new AbortController();
      running.set(stream, abort);
      void follow(stream, call, abort.signal);
    },
    stop: (stream) => running.get(stream)?.abort(),
    get gathering() {
      return gathered.size > 0;
    },
    close: () => {
      for (const abort of running.values()) abort.abort();
    },
  };
}
