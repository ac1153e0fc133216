import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { random } from '../../rig/faults.ts';
import type { World } from '../../rig/home.ts';
import { until } from '../../rig/until.ts';
import { gantryWell, killDaemon, marked, processesOf } from './house.ts';

/** Services that number their lines, so that a line that is lost, torn or written twice is seen. */
const COUNTER =
  'n=0; while :; do n=$((n+1)); echo "$GANTRY_RUN $n end"; [ $((n % 50)) -eq 0 ] && sleep 0.02; done';

const SERVICES = ['one', 'two', 'three', 'four'];

/** What somebody does at the very moment at which the daemon is killed. */
const DEEDS: ((service: string) => string[])[] = [
  (service) => ['service', 'restart', service],
  (service) => ['service', 'scale', service, '--replicas', '2'],
  (service) => ['service', 'scale', service, '--replicas', '1'],
  (service) => ['service', 'stop', service],
  (service) => ['service', 'start', '--name', service, '--command', COUNTER],
  () => ['process', 'list'],
];

/**
 * Kills the daemon again and again while services write and people command them, and then finds every service, each of
 * its replicas once, and every line that was written.
 */
export const siege = async (
  world: World,
  { seed, kills }: { seed: number; kills: number },
): Promise<void> => {
  const next = random(seed);
  const draw = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  for (const name of SERVICES)
    await gantryWell(world, 'service', 'start', '--name', name, '--command', COUNTER);
  for (let kill = 0; kill < kills; kill++) {
    const words = draw(DEEDS)(draw(SERVICES));
    const deed = world.gantry([...words, '--yes']);
    const moment = next() * 300;
    await new Promise((wake) => setTimeout(wake, moment));
    await killDaemon(world);
    await deed;
    await gantryWell(world, 'daemon', 'start');
  }
  for (const name of SERVICES) {
    await world.gantry(['service', 'start', '--name', name, '--command', COUNTER, '--yes']);
    await gantryWell(world, 'service', 'scale', name, '--replicas', '2', '--wait');
  }
  await expectWhole(world);
};

const expectWhole = async (world: World): Promise<void> => {
  const wanted = SERVICES.flatMap((name) => [`${name}:0`, `${name}:1`]).toSorted();
  const rows = await until(
    async () => {
      const found = await processesOf(world);
      return found.every(({ phase }) => phase === 'running') ? found : undefined;
    },
    { what: 'every replica to run' },
  );
  expect(rows.map(({ id }) => id).toSorted()).toEqual(wanted);
  for (const { id, pid } of rows) {
    // What is about to become `sleep` is still a shell for a moment; a replica that is there twice stays.
    await until(() => livingOf(world, id).every((one) => one === pid), { what: `${id} to run once` });
    expect(livingOf(world, id)).toContain(pid);
  }
  for (const name of SERVICES) await gantryWell(world, 'service', 'stop', name);
  expect(marked(world).size).toBe(0);
  for (const id of wanted) expectEveryLine(world, id);
};

/** The lines of each run follow each other from the first to its last. */
const expectEveryLine = (world: World, id: string): void => {
  const dir = join(world.env.XDG_STATE_HOME as string, 'gantry', 'processes', id);
  const logs = readdirSync(dir).filter((name) => name.endsWith('.log'));
  const lines = logs.toSorted().flatMap((name) => readFileSync(join(dir, name), 'utf8').split('\n'));
  const counted = new Map<string, number>();
  for (const line of lines.filter(Boolean)) {
    const [, run = '', number] = /^([0-9a-f-]{36}) (\d+) end$/.exec(line) ?? [];
    if (number === undefined) throw new Error(`${id}: a torn line: ${line.slice(0, 100)}`);
    const expected = (counted.get(run) ?? 0) + 1;
    if (Number(number) !== expected)
      throw new Error(`${id}: line ${number} of ${run} follows ${expected - 1}`);
    counted.set(run, expected);
  }
  expect(counted.size).toBeGreaterThan(0);
};

const livingOf = (world: World, id: string): number[] =>
  (marked(world).get(id) ?? []).filter((pid) => !isSleep(pid));

const isSleep = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n';
  } catch {
    return true;
  }
};
