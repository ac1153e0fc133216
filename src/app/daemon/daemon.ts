import { hostname } from 'node:os';
import { type DaemonFiles, daemonFiles, ensureDirectories } from '#engines/daemon/files.ts';
import { type Lock, tryLock } from '#engines/daemon/lock.ts';
import { removeRecord, writeRecord } from '#engines/daemon/record.ts';
import { type Listener, listen } from './listen.ts';
import { adoptLeftovers, type Log, openLog } from './log.ts';
import type { Resident } from './resident.ts';
import { serve } from './serve.ts';
import { logCrashes, obeySignals } from './signals.ts';
import { type Surroundings, settle } from './surroundings.ts';
import type { Upkeep } from './upkeep.ts';

/** Milliseconds that whoever started the daemon has to themselves, before it looks after its own affairs. */
const HEAD_START = 200;

/** Serves every program of this user on this machine until nobody needs it; not at all where another daemon does. */
export async function runResident(surroundings: Surroundings): Promise<number> {
  const files = daemonFiles(surroundings.paths);
  ensureDirectories(files);
  const lock = tryLock(files.lock);
  if (!lock) return 0;
  const log = openLog(files, { now: Date.now, rotates: true });
  logCrashes(log);
  adoptLeftovers(files, log);
  const resident = await openDaemon(surroundings, { files, lock, log });
  obeySignals(resident);
  await resident.ended;
  // Clients that are still connected must not keep the process.
  return process.exit(0);
}

async function openDaemon(
  surroundings: Surroundings,
  { files, lock, log }: { files: DaemonFiles; lock: Lock; log: Log },
): Promise<Resident> {
  let listener: Listener | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let upkeep: Upkeep | undefined;
  const withdraw = () => {
    clearTimeout(waiting);
    upkeep?.close();
    supervision.leave();
    listener?.close();
    removeRecord(files);
    log.leaveRotation();
    lock.release();
  };
  const { resident, host, supervision, refresh } = await settle(surroundings, log, {
    isDaemon: true,
    withdraw,
  });
  const { pid, instance, version } = resident.status();
  writeRecord(files, { pid, instance, version });
  const peer = { host: hostname() };
  listener = await listen(files.socket, (wire) => void serve(wire, { resident, peer }));
  void supervision.begin(resident);
  log.write('info', `serves version ${version} on ${files.socket}`);
  waiting = setTimeout(async () => {
    void refresh();
    const { openUpkeep } = await import('./upkeep.ts');
    upkeep = openUpkeep({ host, resident, paths: surroundings.paths, now: Date.now, refresh });
  }, HEAD_START);
  return resident;
}
