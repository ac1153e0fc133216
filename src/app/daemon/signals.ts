import type { Log } from './log.ts';
import type { Resident } from './resident.ts';

/** TERM and INT end the process after the steps that are being applied; HUP says nothing to one without a terminal. */
export function obeySignals(resident: Resident): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      resident.log('info', `got ${signal}`);
      resident.stop(true);
    });
  }
  process.on('SIGHUP', () => resident.log('info', 'got SIGHUP and goes on'));
}

/** What nobody foresaw ends the process and stands in the log; what only a promise lost does not end it. */
export function logCrashes(log: Log): void {
  process.on('unhandledRejection', (reason) => log.write('error', `unhandled: ${stackOf(reason)}`));
  process.on('uncaughtException', (thrown) => {
    log.write('error', `died of: ${stackOf(thrown)}`);
    process.exit(1);
  });
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
