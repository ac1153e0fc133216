import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { fileOf } from './hub/file.ts';
import { hubOf } from './hub/hub.ts';
import { openLine } from './line.ts';
import type { Limit } from './transfer/limit.ts';
import { Changed } from './transfer/source.ts';
import { openTransfer, type Transfer } from './transfer/transfer.ts';
import type { DownloadSpec, DownloadState, Phase } from './types.ts';

/** One download on its way. */
export interface Runner {
  /** How far it is just now. */
  state(): DownloadState;
  /** Ends it where it is, with a new phase; what has come stays on the disk. */
  stop(phase: Phase): Promise<void>;
  ended: Promise<void>;
}

export interface RunnerOptions {
  spec: DownloadSpec;
  state: DownloadState;
  /** Whose token it is. */
  caller: Pick<Context, 'env' | 'paths'>;
  limit: Limit;
  connections: number;
  now(): number;
  /** Puts on record how it is, and the specification where the hub has another file now. */
  keep(state: DownloadState, spec: DownloadSpec): void;
}

/** Milliseconds between what is put on record. */
const KEEP_EVERY = 1_000;
/** How much of a rate is that of the last second. */
const SHARE = 0.4;
const NOTES = 10;
/** Milliseconds of silence after which a connection is given up. */
const SILENCE = 30_000;
const TRIES = 12;
const LONGEST_PAUSE = 60_000;
/** How often a file may change while it is fetched. */
const CHANGES = 3;

export function openRunner(options: RunnerOptions): Runner {
  const { caller, limit, connections, now, keep } = options;
  const line = openLine(caller.env);
  const stopping = new AbortController();
  let { spec } = options;
  let transfer: Transfer | undefined;
  let leaving: Phase | undefined;
  let state: DownloadState = {
    ...options.state,
    ...{ phase: 'active', failure: null, waiting: null, rate: 0, endedAt: null },
    startedAt: options.state.startedAt ?? now(),
  };

  function live(): DownloadState {
    if (!transfer || state.phase !== 'active') return state;
    const { received, waiting } = transfer.progress();
    // Before a transfer has looked at what is there it knows of nothing.
    return { ...state, received: Math.max(received, waiting ? state.received : 0), waiting };
  }

  function note(text: string): void {
    change({ notes: [...state.notes, text].slice(-NOTES) });
  }

  function change(changes: Partial<DownloadState>): void {
    state = { ...state, ...changes };
    keep(state, spec);
  }

  async function fetched(): Promise<string | null> {
    const hub = { ...hubOf(caller), endpoint: spec.endpoint };
    for (let changes = 0; ; changes += 1) {
      try {
        transfer = openTransfer({
          ...{ file: spec, directory: spec.directory, sha256: spec.sha256 },
          ...{ hub, line, limit, connections, now, tell: note },
          ...{ tries: TRIES, again: pauseAfter, silence: SILENCE, signal: stopping.signal },
        });
        return await transfer.done;
      } catch (thrown) {
        if (!(thrown instanceof Changed) || changes === CHANGES) throw thrown;
        const file = await fileOf(spec, { hub, line, signal: stopping.signal });
        spec = Object.assign({}, spec, file);
        note('the hub has another file under that name by now; it is fetched from its beginning');
      }
    }
  }

  async function run(): Promise<void> {
    change({});
    const sampler = openSampler(now);
    const timer = setInterval(() => {
      const { received, waiting } = live();
      change({ received, waiting, rate: sampler(received) });
    }, KEEP_EVERY);
    try {
      const sha256 = await fetched();
      change({ phase: 'done', received: spec.size, rate: 0, waiting: null, sha256, endedAt: now() });
    } catch (thrown) {
      const { received } = live();
      const rest = { received, rate: 0, waiting: null, endedAt: now() };
      if (leaving) change({ ...rest, phase: leaving });
      else change({ ...rest, phase: 'failed', failure: failureOf(thrown) });
    } finally {
      clearInterval(timer);
      line.close();
    }
  }

  const ended = run();
  return {
    state: live,
    ended,
    stop(phase) {
      leaving ??= phase;
      stopping.abort();
      return ended;
    },
  };
}

function pauseAfter(failures: number): number {
  return Math.min(1_000 * 2 ** (failures - 1), LONGEST_PAUSE);
}

/** Bytes per second of late, of each look at how many have come. */
function openSampler(now: () => number): (received: number) => number {
  let last: { received: number; at: number } | undefined;
  let rate = 0;
  return (received) => {
    const at = now();
    if (last && at > last.at) {
      const latest = (Math.max(received - last.received, 0) / (at - last.at)) * 1_000;
      rate = rate === 0 ? latest : rate + SHARE * (latest - rate);
    }
    last = { received, at };
    return Math.round(rate);
  };
}
