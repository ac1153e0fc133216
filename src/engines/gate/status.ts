import { readGateSettings } from '#engines/config/early.ts';
import type { Context } from '#engines/core/context.ts';
import { type Failure, failureOf } from '#engines/core/errors.ts';
import { readServers } from '#engines/daemon/servers.ts';
import { gatewayFor, type Wanted } from './address.ts';
import { healthOf } from './client/contract.ts';
import { gateError } from './errors.ts';
import type { Health, Status } from './types.ts';

/** An answer is wanted also where the gateway gives none. */
export async function readStatus(wanted: Wanted, context: Context): Promise<Status> {
  const gateway = await gatewayFor(wanted, context);
  const { url, within, from } = gateway;
  const told = { url, from, within: within / 1_000, server: ownServer(context) };
  try {
    return { ...told, health: await healthOf(gateway, context), problem: null };
  } catch (thrown) {
    context.signal.throwIfAborted();
    return { ...told, health: null, problem: failureOf(thrown).message };
  }
}

export function verdict({ url, problem }: Status): Failure | undefined {
  if (problem === null) return undefined;
  return gateError('gate-unreachable', problem, {
    next: ['gantry gate serve', 'gantry gate status --url URL', 'export MODELGATE_URL=URL'],
    details: { url },
  }).failure;
}

export async function readHealth(wanted: Wanted, context: Context): Promise<Health> {
  return healthOf(await gatewayFor(wanted, context), context);
}

export function ownServer(context: Context): Status['server'] {
  const { 'gate.enabled': enabled, 'gate.port': port } = readGateSettings(context);
  const server = readServers(context.paths).find(({ name }) => name === 'gate');
  return { enabled, port, listening: server?.problem === null, problem: server?.problem ?? null };
}
