import { type OwnHost, openHost } from '#app/invoke/host.ts';
import { interruption } from '#app/surface/interruption.ts';
import type { Caller } from '#engines/core/host.ts';
import { pathsFrom } from '#engines/core/paths.ts';
import { callerOf } from './caller.ts';
import type { Globals } from './globals.ts';
import { openReporter, type Reporter } from './output/reporter.ts';

/** A host in this process and the shell as its caller, with what tells a person how it goes. */
export interface Here {
  host: OwnHost;
  caller: Caller;
  reporter: Reporter;
}

/** Works at a host in this process, which is closed with the work. */
export async function here<T>(globals: Globals, work: (here: Here) => Promise<T>): Promise<T> {
  const host = openHost({ env: process.env, paths: pathsFrom(process.env), now: Date.now });
  const interrupted = interruption();
  const reporter = openReporter(globals);
  try {
    return await work({ host, caller: callerOf(globals, interrupted.signal, reporter.report), reporter });
  } finally {
    reporter.close();
    interrupted.release();
    await host.close();
  }
}
