import { hostname } from 'node:os';
import { daemonFiles, ensureDirectories } from '#engines/daemon/files.ts';
import { openLog } from './log.ts';
import { serve } from './serve.ts';
import { logCrashes } from './signals.ts';
import { type Surroundings, settle } from './surroundings.ts';

/**
 * Serves the parent over standard input and output, and ends with it: what runs then is cancelled, which lets the step
 * that is being applied come to its end.
 */
export async function runChild(surroundings: Surroundings): Promise<number> {
  const files = daemonFiles(surroundings.paths);
  ensureDirectories(files);
  const log = openLog(files, { now: Date.now, rotates: false });
  logCrashes(log);
  const { resident, refresh } = await settle(surroundings, log, { isDaemon: false, withdraw: () => {} });
  // A key that the terminal turns into a signal is the parent's to understand; its end closes standard input.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('SIGTERM', () => resident.stop(true));
  const wire = { readable: process.stdin, writable: process.stdout };
  void serve(wire, { resident, peer: { host: hostname(), pid: process.ppid } }).then(() =>
    resident.stop(true),
  );
  void refresh();
  await resident.ended;
  return process.exit(0);
}
