import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessIdentity } from '#engines/store/process.ts';
import type { Ends } from './ends.ts';
import type { Launched } from './launch.ts';
import { signalGroup, signalProcess, signalRemains } from './signal.ts';
import type { ProcessSpec } from './spec.ts';
import type { Exit } from './status.ts';
import type { Survivors } from './survivors.ts';

/** One run of a process: what was started, and all that it started in turn. */
export interface Running {
  readonly run: string;
  /** The process that counts; another once the first has left it behind. */
  readonly identity: ProcessIdentity;
  /** Resolves when nothing of it is left. */
  readonly ended: Promise<Exit>;
  /** Asks it to end, and kills what has not ended in time. */
  end(): void;
  /** False where it is gone. */
  signal(signal: NodeJS.Signals): boolean;
  /** Looks no longer; it goes on. */
  leave(): void;
}

interface RunningOptions {
  run: string;
  identity: ProcessIdentity;
  stop: ProcessSpec['stop'];
  /** The end of the process as its parent hears of it; absent where another daemon was the parent. */
  ended?: Launched['ended'];
  ends: Ends;
  survivors: Survivors;
  /** It has put itself into the background: this is the process that counts from now on. */
  followed(identity: ProcessIdentity): void;
}

/** Milliseconds between looks at what is left. */
const LOOK_EVERY = 20;

/** Milliseconds that something killed has to be gone; what hangs in the system then can't be waited for. */
const PATIENCE = 5_000;

export function openRunning(options: RunningOptions): Running {
  const { run, stop, ends, survivors, followed } = options;
  const nothingLeft = Promise.withResolvers<Exit>();
  let { identity } = options;
  let unwatch: (() => void) | undefined;
  let deadline: NodeJS.Timeout | undefined;
  let isEnding = false;
  let isLeft = false;

  if (options.ended) void options.ended.then(mainEnded);
  else watch();

  function watch(): void {
    unwatch = ends.watch(identity, () => void mainEnded({ unknown: true }));
  }

  async function mainEnded(exit: Exit): Promise<void> {
    if (isLeft) return;
    const mayGoOn = !isEnding && ('unknown' in exit || ('code' in exit && exit.code === 0));
    const [survivor] = mayGoOn ? await survivors.of(run) : [];
    if (isLeft) return;
    if (survivor && !isEnding) return follow(survivor);
    // What is left in its group would be in the way of the next run: a port, a lock. A crash waits for nothing else.
    const swept = sweep();
    // Of one that somebody else's child was, the end is seen late: its number may be another's by now.
    const hasRemains = !('unknown' in exit) && signalRemains(identity, 'SIGTERM');
    if (hasRemains || isEnding) await swept;
    clearTimeout(deadline);
    nothingLeft.resolve(exit);
  }

  function follow(survivor: ProcessIdentity): void {
    identity = survivor;
    watch();
    followed(survivor);
  }

  /** Ends all that the run has started. Zombies don't count: who has to bury them may never do so. */
  async function sweep(): Promise<void> {
    for (let waited = 0; waited <= stop.within + PATIENCE; waited += LOOK_EVERY) {
      const left = await survivors.of(run);
      if (left.length === 0) return;
      if (waited === 0) for (const one of left) signalProcess(one, 'SIGTERM');
      if (waited >= stop.within) for (const one of left) signalProcess(one, 'SIGKILL');
      await delay(LOOK_EVERY);
    }
  }

  async function kill(): Promise<void> {
    signalGroup(identity, 'SIGKILL');
    for (const one of await survivors.of(run)) signalProcess(one, 'SIGKILL');
  }

  return {
    run,
    get identity() {
      return identity;
    },
    ended: nothingLeft.promise,
    end() {
      if (isEnding) return;
      isEnding = true;
      signalGroup(identity, stop.signal as NodeJS.Signals);
      deadline = setTimeout(kill, stop.within);
    },
    signal: (signal) => signalGroup(identity, signal),
    leave() {
      isLeft = true;
      unwatch?.();
      clearTimeout(deadline);
    },
  };
}
