import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { canonical } from '#engines/core/json.ts';
import { admit, withdraw } from '#engines/job/admit.ts';
import { type Event, openRuns, readRun } from '#engines/job/runs.ts';
import type { ProcessSpec } from '#engines/process/spec.ts';
import type { Status } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';
import { immediately } from '#engines/store/transaction.ts';
import { isOn } from '../definition.ts';
import { inputDirectory } from '../files.ts';
import { type Trigger, triggers } from '../records.ts';
import { readSeen, writeSeen } from '../sight/seen.ts';
import { isSighted, type Seen, type Sighted, sightOf } from '../sight/sight.ts';
import { openGate } from './gate.ts';
import { type Lookout, openLookout } from './lookout.ts';
import { isMeant, phaseEvent, phasesBetween } from './phases.ts';

/** A run on record, or why there is none; `again`: milliseconds until it is worth another try. */
export type Told = { run: number } | { why: string; again?: number };

/** Waits for everything that triggers wait for, in the one daemon that serves. */
export interface Triggers {
  /** Somebody has told one of them. */
  happened(name: string, event: Event): Told;
  /** Somebody takes a run back; what it is doing is cancelled. */
  withdraw(run: number, why: string): void;
  /** A process is in another state than it was. */
  became(spec: ProcessSpec, before: Status, now: Status): void;
  /** Follows what is added and removed, until the context's signal; never rejects. */
  keep(): Promise<void>;
  /** Whether somebody has to be there for what may happen. */
  isNeeded(): boolean;
}

interface TriggersOptions {
  context: Context;
  /** Begins what waits. */
  conduct(): void;
  tell(level: 'info' | 'warn', text: string): void;
}

/** Milliseconds between two notes of what was left out: whoever asks too often must not fill the disk. */
const NOTE_EVERY = 1_000;

export function openTriggers({ context, conduct, tell }: TriggersOptions): Triggers {
  const opened = context.use(store);
  const gate = openGate();
  const noted = new Map<string, number>();
  const lookouts = new Map<string, { key: string; lookout: Lookout }>();

  function happened(name: string, event: Event): Told {
    const told = take(name, [event]);
    if ('why' in told && event.input !== null) rmSync(event.input, { force: true });
    return told;
  }

  function takeBack(id: number, why: string): void {
    immediately(opened.database, () => {
      const run = readRun(opened, id);
      if (run) withdraw(opened, run, { why, now: context.now() });
    });
    conduct();
  }

  /** Puts the runs of all events on record, and with them what was seen. */
  function take(name: string, events: readonly Event[], seen?: Seen): Told {
    const now = context.now();
    const told = immediately(opened.database, (): Told => {
      const trigger = triggers.find(opened, name);
      if (!trigger || trigger.paused) return { why: 'it is paused' };
      const { definition } = trigger;
      if (seen) writeSeen(opened, name, trigger.progress.since, seen);
      let last: Told = { why: 'nothing has happened' };
      for (const event of events) {
        const again = gate.wait(name, definition.rate, now);
        last =
          again > 0
            ? { why: `it comes more than ${definition.rate} times a minute`, again }
            : admit(opened, { kind: 'trigger', name }, { definition, now, event });
        if ('run' in last) gate.pass(name, now);
        else note(trigger, last.why);
      }
      return last;
    });
    conduct();
    return told;
  }

  function note({ definition, progress, ...rest }: Trigger, why: string): void {
    const now = context.now();
    if (now - (noted.get(definition.name) ?? 0) < NOTE_EVERY) return;
    noted.set(definition.name, now);
    triggers.write(opened, { ...rest, definition, progress: { ...progress, passed: { moment: now, why } } });
  }

  /** Something has changed for which nothing is run. */
  function passOver(name: string, why: string, seen: Seen | undefined): void {
    immediately(opened.database, () => {
      const trigger = triggers.find(opened, name);
      if (!trigger) return;
      if (seen) writeSeen(opened, name, trigger.progress.since, seen);
      note(trigger, why);
    });
  }

  function seenBy(name: string): Seen | undefined {
    const trigger = triggers.find(opened, name);
    return trigger && readSeen(opened, name, trigger.progress.since);
  }

  function hear(spec: ProcessSpec, before: Status, now: Status): void {
    const phases = phasesBetween(before, now);
    if (phases.length === 0) return;
    for (const { definition, paused } of triggers.all(opened)) {
      if (paused || !isOn(definition, 'process') || !isMeant(definition, spec)) continue;
      for (const phase of phases) {
        if (!definition.occasion.phases.includes(phase)) continue;
        take(definition.name, [phaseEvent(definition, spec, phase, now)]);
      }
    }
  }

  function look(): void {
    const wanted = new Map(triggers.all(opened).flatMap(sighted));
    for (const [name, { key, lookout }] of lookouts) {
      if (wanted.get(name)?.key === key) continue;
      lookout.close();
      lookouts.delete(name);
    }
    for (const [name, { key, open }] of wanted) {
      const known = lookouts.get(name);
      if (known) known.lookout.look();
      else lookouts.set(name, { key, lookout: open() });
    }
  }

  function sighted({ definition, paused }: Trigger): [string, { key: string; open(): Lookout }][] {
    if (paused || !isSighted(definition)) return [];
    return [[definition.name, { key: canonical(definition), open: () => lookoutOf(definition) }]];
  }

  function lookoutOf(definition: Sighted): Lookout {
    const { name, rate } = definition;
    return openLookout({
      definition,
      context,
      tell,
      sight: sightOf(definition, context),
      seen: () => seenBy(name),
      isBusy: () => openRuns(opened, { kind: 'trigger', name }).length > 0,
      wait: () => gate.wait(name, rate, context.now()),
      happened: (events, seen) => void take(name, events, seen),
      passed: (why, seen) => passOver(name, why, seen),
    });
  }

  async function keep(): Promise<void> {
    attempt(forgetInput);
    try {
      for await (const _ of changesOf(opened, context.signal)) attempt(look);
    } catch (thrown) {
      tell('warn', `triggers: ${failureOf(thrown).message}`);
    }
    for (const { lookout } of lookouts.values()) lookout.close();
  }

  function attempt(what: () => void): void {
    try {
      what();
    } catch (thrown) {
      tell('warn', `triggers: ${failureOf(thrown).message}`);
    }
  }

  /** What a daemon was killed over: nobody will read it any more. */
  function forgetInput(): void {
    const directory = inputDirectory(context.paths);
    const needed = new Set(openRuns(opened).map(({ event }) => event?.input));
    for (const file of filesIn(directory)) if (!needed.has(file)) rmSync(file, { force: true });
  }

  return {
    happened,
    withdraw: takeBack,
    became: (spec, before, now) => attempt(() => hear(spec, before, now)),
    keep,
    isNeeded: () => triggers.isAwake(opened),
  };
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory).map((name) => join(directory, name));
  } catch {
    return [];
  }
}
