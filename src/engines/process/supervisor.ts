import { LONGEST_TIMEOUT } from '#engines/core/duration.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { type Resource, resource, type World } from '#engines/core/resource.ts';
import { quote } from '#engines/core/shell.ts';
import { variablesOf } from '#engines/env/records.ts';
import { secretsOf } from '#engines/secrets/environment.ts';
import { store } from '#engines/store/store.ts';
import { openEnds } from './ends.ts';
import { environmentOf } from './environment.ts';
import { processError } from './errors.ts';
import { type Keeper, openKeeper } from './keeper.ts';
import { openOutput } from './output.ts';
import { forget, readProcesses, writeDesired, writeSpec, writeStatus } from './records.ts';
import type { ProcessSpec } from './spec.ts';
import { isAtRest, isSettled, NEVER_RUN, type Status } from './status.ts';
import { openSurvivors } from './survivors.ts';

/** Keeps every process of this user on this machine, in the one daemon that serves. */
export interface Supervisor {
  /** How many it keeps running: as long as there are any, somebody has to be there for them. */
  readonly size: number;
  /** Resolves once what another daemon left is taken up. */
  readonly adopted: Promise<void>;
  /** Throws `process-exists` where one of that name runs already. */
  start(spec: ProcessSpec): Promise<Status>;
  /** Nothing happens to what is at rest. */
  stop(name: string): Promise<Status>;
  restart(name: string): Promise<Status>;
  signal(name: string, signal: NodeJS.Signals): Promise<void>;
  /** Puts it on record, at rest. */
  keep(spec: ProcessSpec): Promise<void>;
  /** Stops it and forgets it; its log stays. */
  remove(name: string): Promise<void>;
  /** Resolves once it is ready, at rest or in a crash loop. */
  settled(name: string, signal: AbortSignal): Promise<Status>;
  /** Hears of every state that a process comes into, with the one before. */
  follow(hear: Hearing): void;
  /** Looks after nothing any more; what runs goes on. */
  leave(): void;
}

type Hearing = (spec: ProcessSpec, before: Status, now: Status) => void;

export const supervisor = resource<Supervisor>({
  id: 'supervisor',
  open: openSupervisor,
  close: (opened) => opened.leave(),
});

function openSupervisor(world: World, use: <T>(resource: Resource<T>) => T): Supervisor {
  if (!world.resident) throw new Error('Only the daemon keeps processes.');
  const database = use(store);
  const keepers = new Map<string, Keeper>();
  const waiting = new Set<() => void>();
  const hearings = new Set<Hearing>();
  const ends = openEnds();
  const survivors = openSurvivors();
  const output = openOutput(world);
  let hasLeft = false;
  const adopted = adoptAll();

  async function adoptAll(): Promise<void> {
    const records = readProcesses(database);
    for (const { spec, status } of records) keepers.set(spec.name, keeperOf(spec, status));
    await Promise.all([...keepers.values()].map((keeper) => keeper.adopt()));
  }

  function keeperOf(spec: ProcessSpec, status: Status): Keeper {
    const { name } = spec;
    let last = status;
    const keeper = openKeeper(spec, status, {
      now: world.now,
      ends,
      survivors,
      environment: async (spec, run) =>
        environmentOf(spec, {
          machine: world.env,
          variables: variablesOf(database, spec.sets),
          secrets: secretsOf(database, spec.sets),
          run,
        }),
      output,
      unready: (names) => names.filter((name) => !isReady(name)),
      keep: (status) => {
        if (hasLeft) return;
        writeStatus(database, name, status, world.now());
        const before = last;
        last = status;
        tell();
        for (const hear of hearings) hear(keeper.spec, before, status);
      },
    });
    return keeper;
  }

  function tell(): void {
    for (const wake of [...waiting]) wake();
    for (const keeper of keepers.values()) keeper.look();
  }

  function isReady(name: string): boolean {
    return keepers.get(name)?.status.phase === 'running';
  }

  /** Before this nobody knows what is kept; what is found after it is found by nobody else in between. */
  async function ready(): Promise<void> {
    await adopted;
    if (hasLeft) throw stopping();
  }

  async function known(name: string): Promise<Keeper> {
    await ready();
    const keeper = keepers.get(name);
    if (keeper) return keeper;
    throw processError('process-unknown', `There is no process ${name}.`, { next: ['gantry process list'] });
  }

  async function start(spec: ProcessSpec): Promise<Status> {
    await ready();
    const found = keepers.get(spec.name);
    if (found && !isAtRest(found.status)) throw exists(spec.name);
    const keeper = found ?? keeperOf(spec, NEVER_RUN);
    keepers.set(spec.name, keeper);
    writeSpec(database, spec, 'running', world.now());
    await keeper.start(spec);
    return keeper.status;
  }

  async function stop(name: string): Promise<Status> {
    const keeper = await known(name);
    writeDesired(database, name, 'stopped', world.now());
    await keeper.stop();
    return keeper.status;
  }

  async function restart(name: string): Promise<Status> {
    const keeper = await known(name);
    writeDesired(database, name, 'running', world.now());
    await keeper.restart();
    return keeper.status;
  }

  async function settled(name: string, signal: AbortSignal): Promise<Status> {
    const keeper = await known(name);
    for (;;) {
      const trial = trialOf(keeper);
      if (isSettled(keeper.status) && trial <= 0) return keeper.status;
      signal.throwIfAborted();
      await change(signal, trial > 0 ? trial : LONGEST_TIMEOUT);
    }
  }

  /** What nobody can ask whether it is ready shows that by not ending at once: milliseconds that are left for that. */
  function trialOf({ spec, status: { phase, startedAt } }: Keeper): number {
    return phase === 'running' && !spec.ready ? (startedAt ?? 0) + spec.restart.quick - world.now() : 0;
  }

  async function change(signal: AbortSignal, within: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, within);
    waiting.add(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    clearTimeout(timer);
    waiting.delete(resolve);
  }

  return {
    get size() {
      return [...keepers.values()].filter(({ status }) => !isAtRest(status)).length;
    },
    adopted,
    start,
    stop,
    restart,
    settled,
    async signal(name, signal) {
      const keeper = await known(name);
      if (keeper.signal(signal)) return;
      throw processError('process-not-running', `${name} does not run.`, {
        next: [`gantry process inspect ${quote(name)}`],
      });
    },
    async keep(spec) {
      await ready();
      const found = keepers.get(spec.name);
      if (found && !isAtRest(found.status)) throw exists(spec.name);
      writeSpec(database, spec, 'stopped', world.now());
      keepers.set(spec.name, keeperOf(spec, found?.status ?? NEVER_RUN));
    },
    async remove(name) {
      await ready();
      if (!keepers.has(name)) return;
      await stop(name);
      keepers.delete(name);
      forget(database, name);
    },
    follow: (hear) => void hearings.add(hear),
    leave() {
      if (hasLeft) return;
      hasLeft = true;
      for (const keeper of keepers.values()) keeper.leave();
      ends.close();
      void output.close();
    },
  };
}

function exists(name: string): GantryError {
  return processError('process-exists', `${name} is there already.`, {
    next: [`gantry process inspect ${quote(name)}`, `gantry service restart ${quote(name)}`],
  });
}

function stopping(): GantryError {
  return processError('processes-left', 'This daemon has left its processes to the next one.', {
    next: ['gantry daemon start'],
  });
}
