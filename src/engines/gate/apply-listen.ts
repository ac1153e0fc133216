import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { readServers } from '#engines/daemon/servers.ts';
import { gateError } from './errors.ts';

type Listening = Application<{ port: number }>;

/** Milliseconds: between two looks, and until it is told that it does not listen. */
const LOOK = { every: 25, within: 15_000 };

export async function checkListen({ args }: Listening, context: Context): Promise<Applied | undefined> {
  return serverAt(args.port, context)?.problem === null ? applied(args) : undefined;
}

/** The daemon opens its servers as its settings say; what comes of it is waited for. */
export async function applyListen({ args }: Listening, context: Context): Promise<Applied> {
  const end = context.now() + LOOK.within;
  for (;;) {
    const server = serverAt(args.port, context);
    if (server?.problem === null) return applied(args);
    if (server && context.now() > end) throw notListening(server.problem ?? 'it does not say why');
    if (context.now() > end) throw notListening('its settings may be overridden by variables');
    await delay(LOOK.every, undefined, { signal: context.signal });
  }
}

export function portTaken(port: number, owner: string): GantryError {
  return gateError('gate-port-taken', `Port ${port} belongs to ${owner}.`, {
    next: [`gantry gate serve --port ${port + 1}`, 'gantry gate status'],
    details: { port, owner },
  });
}

function serverAt(port: number, { paths }: Context) {
  return readServers(paths).find((server) => server.name === 'gate' && server.port === port);
}

function applied({ port }: { port: number }): Applied {
  return { summary: `listens on http://localhost:${port}` };
}

function notListening(problem: string): GantryError {
  return gateError('gate-not-listening', `The gateway does not listen: ${problem}.`, {
    next: ['gantry gate status', 'gantry daemon logs'],
  });
}
