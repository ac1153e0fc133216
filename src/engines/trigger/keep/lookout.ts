import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import type { Event } from '#engines/job/runs.ts';
import { watchDirectories } from '#engines/repo/directory-watch.ts';
import { eventsBetween } from '../sight/happening.ts';
import type { Seen, Sight, Sighted } from '../sight/sight.ts';

/** Milliseconds between looks that nobody told us to take: the system forgets to tell of some changes. */
const LOOK_EVERY = 60_000;

/** Milliseconds after which what never rests is looked at nevertheless. */
const LONGEST_UNREST = 10_000;

/** Looks whenever something may have changed, and says what has. */
export interface Lookout {
  /** A run of it may have begun or ended. */
  look(): void;
  close(): void;
}

interface LookoutOptions {
  definition: Sighted;
  sight: Sight;
  context: Pick<Context, 'now'>;
  /** What was seen last, also by an earlier daemon; nothing before the first look. */
  seen(): Seen | undefined;
  /** Whether a run of it waits or goes on. */
  isBusy(): boolean;
  /** Milliseconds until one more run is let through. */
  wait(): number;
  /** Puts both on record, or neither. */
  happened(events: readonly Event[], seen: Seen): void;
  /** Nothing is run for what has changed: never where it was seen, and otherwise not yet. */
  passed(why: string, seen?: Seen): void;
  tell(level: 'info' | 'warn', text: string): void;
}

export function openLookout(options: LookoutOptions): Lookout {
  const { definition, sight, context, seen, isBusy, wait, happened, passed, tell } = options;
  const { name, overlap, occasion } = definition;
  const waitsForItself = overlap === 'skip' || overlap === 'queue';
  const watch = watchDirectories((directory, entry) => {
    if (entry === null || !sight.isNoise(directory, entry)) soon();
  });
  const sweeping = setInterval(() => soon(), LOOK_EVERY).unref();
  let timer: NodeJS.Timeout | undefined;
  let restless: number | undefined;
  let looking = false;
  let isClosed = false;
  /** A run of it has gone on since the last look, and may have changed what is looked at. */
  let hasRun = isBusy();
  let watched = '';
  let trouble: string | undefined;

  function soon(delay = restIn()): void {
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void attempt(), delay);
  }

  function restIn(): number {
    const now = context.now();
    restless ??= now;
    return Math.max(Math.min(occasion.settle, restless + LONGEST_UNREST - now), 0);
  }

  async function attempt(): Promise<void> {
    timer = undefined;
    if (looking) return soon();
    looking = true;
    restless = undefined;
    try {
      await see();
    } catch (thrown) {
      say(failureOf(thrown).message);
    } finally {
      looking = false;
    }
  }

  /** Once, however often it is met. */
  function say(problem: string | undefined): void {
    if (problem !== undefined && problem !== trouble && !isClosed)
      tell('warn', `trigger ${name}: ${problem}`);
    trouble = problem;
  }

  async function see(): Promise<void> {
    if (waitsForItself && isBusy()) {
      hasRun = true;
      return;
    }
    const now = await sight.look();
    if (isClosed) return;
    keepWatch(sight.places());
    const before = seen();
    const events = before === undefined ? [] : eventsBetween(definition, before, now);
    const isOwn = hasRun && overlap === 'skip';
    hasRun = false;
    if (before === undefined) happened([], now);
    else if (events.length === 0) return;
    else if (isOwn) passed(WHILE_RUNNING, now);
    else take(events, now);
  }

  function keepWatch(places: readonly string[]): void {
    say(watch.update(places) ? undefined : 'the system has no room for more watches');
    const all = places.join('\0');
    // Between the look at a directory and the watch over it something may have come.
    if (all !== watched) soon();
    watched = all;
  }

  /** What comes too often is not forgotten: it is looked at again once it may run. */
  function take(events: readonly Event[], now: Seen): void {
    const delay = wait();
    if (delay === 0) {
      hasRun = true;
      happened(events, now);
      return;
    }
    passed('it comes too often, and waits');
    soon(delay);
  }

  void attempt();

  return {
    look() {
      if (isBusy()) hasRun = true;
      else if (hasRun && timer === undefined && !looking) soon();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      clearInterval(sweeping);
      watch.close();
    },
  };
}

const WHILE_RUNNING = 'it changed while a run went on';
