import { hostname, userInfo } from 'node:os';
import { resolve } from 'node:path';
import { isTerminal } from '#app/surface/terminal.ts';
import type { Actor } from '#engines/core/actor.ts';
import { LONGEST_TIMEOUT } from '#engines/core/duration.ts';
import type { Caller } from '#engines/core/host.ts';
import type { Report } from '#engines/core/report.ts';
import { findWorkspace } from '#engines/workspace/find.ts';
import { cliError } from './errors.ts';
import type { Globals } from './globals.ts';

interface Surroundings {
  globals: Globals;
  cwd: string;
  interactive: boolean;
  signal: AbortSignal;
  report: (report: Report) => void;
}

/** This process as a caller. */
export function callerOf(globals: Globals, signal: AbortSignal, report: Caller['report']): Caller {
  return shellCaller({
    globals,
    cwd: process.cwd(),
    interactive: isTerminal(0) && isTerminal(2),
    signal,
    report,
  });
}

/** The shell as a caller: a person where a terminal is there, a script elsewhere; nobody answers prompts. */
export function shellCaller({ globals, cwd, interactive, signal, report }: Surroundings): Caller {
  const workspace = globals.workspace ? resolve(cwd, globals.workspace) : findWorkspace(cwd);
  return {
    actor: shellActor(interactive && !globals.headless),
    cwd,
    workspace,
    signal: globals.timeout === undefined ? signal : AbortSignal.any([signal, timeout(globals.timeout)]),
    report,
    ask: async () => ({ kind: 'needs-input' }),
  };
}

function timeout(seconds: string): AbortSignal {
  const milliseconds = Math.ceil(Number(seconds) * 1000);
  if (milliseconds > 0 && milliseconds <= LONGEST_TIMEOUT) return AbortSignal.timeout(milliseconds);
  throw cliError('usage', `--timeout takes seconds, such as 30, and not "${seconds}".`, {
    next: ['the same command with --timeout 30'],
  });
}

function shellActor(person: boolean): Actor {
  return {
    kind: person ? 'human' : 'script',
    surface: 'shell',
    pid: process.pid,
    // Looked up where somebody is told who acted: a query is 1 ms sooner without.
    get name() {
      return userInfo().username;
    },
    get host() {
      return hostname();
    },
  };
}
