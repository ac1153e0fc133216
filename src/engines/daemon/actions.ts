import * as z from 'zod/mini';
import { command, query, stream } from '#engines/core/action.ts';
import { field, flag } from '#engines/core/fields.ts';
import { statusSchema } from './types.ts';

const force = () =>
  flag({ description: 'Cancel what runs instead of waiting for it, and end a daemon that hangs' });

export const daemonStart = command({
  id: 'daemon.start',
  summary: 'Start the daemon, or replace an older one',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({}),
  examples: [{ title: 'Have the daemon ready before the first screen', input: {} }],
  plan: async () => (await import('./plan-start.ts')).planStart,
});

export const daemonStop = command({
  id: 'daemon.stop',
  summary: 'Stop the daemon once what runs in it has ended',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({
    force: force(),
    withProcesses: flag({ description: 'Stop what it keeps as well: workers, services, runs' }),
  }),
  examples: [
    { title: 'Stop the daemon when it has finished its work; what it keeps goes on', input: {} },
    { title: 'Stop the daemon and everything that it keeps', input: { withProcesses: true } },
  ],
  plan: async () => (await import('./plan-stop.ts')).planStop,
});

export const daemonRestart = command({
  id: 'daemon.restart',
  summary: 'Stop the daemon and start the one of this build; what it keeps goes on',
  needsWorkspace: false,
  rerun: 'once',
  input: z.object({ force: force() }),
  examples: [{ title: 'Have the daemon run the build that was just installed', input: {} }],
  plan: async () => (await import('./plan-restart.ts')).planRestart,
});

export const daemonInstall = command({
  id: 'daemon.install',
  summary: 'Have the system start the daemon at login and after a crash, and keep it when you log out',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({}),
  examples: [{ title: 'See the unit and the commands before anything is done', input: {} }],
  plan: async () => (await import('./unit/plan-install.ts')).planInstall,
});

export const daemonUninstall = command({
  id: 'daemon.uninstall',
  summary: 'No longer have the system start the daemon',
  needsWorkspace: false,
  rerun: 'converge',
  input: z.object({}),
  examples: [{ title: 'Go back to a daemon that is started on demand', input: {} }],
  plan: async () => (await import('./unit/plan-install.ts')).planUninstall,
});

export const daemonStatus = query({
  id: 'daemon.status',
  summary: 'Show whether the daemon runs, who uses it and what runs in it',
  needsWorkspace: false,
  input: z.object({}),
  output: statusSchema,
  examples: [{ title: 'See what the daemon is doing', input: {} }],
  read: async () => (await import('./status.ts')).readStatus,
});

export const daemonLogs = stream({
  id: 'daemon.logs',
  summary: "Show the daemon's log",
  needsWorkspace: false,
  input: z.object({
    tail: field(z._default(z.int().check(z.minimum(0), z.maximum(100_000)), 100), {
      description: 'How many of the last lines come first',
      short: 'n',
    }),
    follow: flag({ description: 'Go on with new lines as they are written', short: 'f' }),
  }),
  event: z.object({ line: field(z.string(), { description: 'One line', column: 'LINE' }) }),
  examples: [{ title: 'Show the last twenty lines', input: { tail: 20 } }],
  follow: async () => (await import('./logs.ts')).followLogs,
});
