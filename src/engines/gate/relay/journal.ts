import type { GateEvent } from '../types.ts';

/** What the gateway has done, as far as it remembers: the last events, and those who listen. */
export interface Journal {
  write(level: 'info' | 'warn', message: string, fields: GateEvent['fields']): void;
  /** The last events, and those that come where that is wanted; ends when the signal says so, or the gateway leaves. */
  follow(wanted: { tail: number; follow: boolean; signal: AbortSignal }): AsyncGenerator<GateEvent>;
  leave(): void;
}

/** Events that are remembered, and that a listener may be behind. */
const KEPT = 1_000;

export function openJournal(now: () => number): Journal {
  const events: GateEvent[] = [];
  const hearings = new Set<(event: GateEvent) => void>();
  const gone = new AbortController();

  return {
    write(level, message, fields) {
      const event = { timestamp: new Date(now()).toISOString(), level, message, fields };
      events.push(event);
      if (events.length > KEPT) events.shift();
      for (const hear of hearings) hear(event);
    },
    async *follow({ tail, follow, signal }) {
      const waiting = tail === 0 ? [] : events.slice(-tail);
      let wake = Promise.withResolvers<void>();
      const hear = (event: GateEvent) => {
        // Whoever reads slower than requests come loses the oldest.
        if (waiting.push(event) > KEPT) waiting.shift();
        wake.resolve();
      };
      const ended = AbortSignal.any([signal, gone.signal]);
      const stop = () => wake.resolve();
      if (follow) hearings.add(hear);
      ended.addEventListener('abort', stop);
      try {
        while (!ended.aborted) {
          for (let event = waiting.shift(); event; event = waiting.shift()) yield event;
          if (!follow || ended.aborted) return;
          await wake.promise;
          wake = Promise.withResolvers();
        }
      } finally {
        hearings.delete(hear);
        ended.removeEventListener('abort', stop);
      }
    },
    leave: () => gone.abort(),
  };
}
