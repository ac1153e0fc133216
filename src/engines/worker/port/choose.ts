import { readWorkerSettings } from '#engines/config/early.ts';
import { claims, portClaim } from '#engines/core/claims.ts';
import type { Context } from '#engines/core/context.ts';
import { lookAtPorts, NOBODY } from '#engines/process/port/listening.ts';
import { readProcesses } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';
import { workerError } from '../errors.ts';

const LAST = 65_535;

/** The port that was asked for, or the next free one that is none of those. Throws `port-taken` and names its owner. */
export async function choosePort(
  wanted: number | undefined,
  context: Context,
  others: ReadonlySet<number> = new Set(),
): Promise<number> {
  const ports = lookAtPorts();
  const given = givenPorts(context);
  const claimed = context.use(claims);
  const { 'worker.firstPort': first } = readWorkerSettings(context);
  if (wanted === undefined) return freePort();
  const isClaimed = claimed.has(portClaim(wanted));
  const owner =
    given.get(wanted) ?? (isClaimed ? 'a worker that is about to start' : await ports.ownerOf(wanted));
  if (owner === NOBODY) return wanted;
  const free = await freePort();
  throw workerError('port-taken', `Port ${wanted} belongs to ${owner}.`, {
    next: [`gantry worker spawn … --port ${free}`, 'gantry process list'],
    details: { port: wanted, owner, free },
  });

  async function freePort(): Promise<number> {
    for (let port = first; port <= LAST; port++) {
      const isSpoken = given.has(port) || others.has(port) || claimed.has(portClaim(port));
      if (!isSpoken && (await ports.isFree(port))) return port;
    }
    throw workerError('port-taken', `No port from ${first} on is free.`, { next: ['gantry process list'] });
  }
}

/** Of two that were planned at once and chose the same port, one has it by now, though it does not listen yet. */
export async function readPortFact(
  { port }: { port: number },
  _: unknown,
  context: Context,
): Promise<string> {
  return givenPorts(context).get(port) ?? lookAtPorts().ownerOf(port);
}

type Given = ReadonlyMap<number, string>;

/** A worker that loads its model has its port, though it does not listen yet. */
function givenPorts(context: Context): Given {
  const processes = readProcesses(context.use(store)).filter(({ status }) => !isAtRest(status));
  return new Map(processes.flatMap(({ spec }) => (spec.port === null ? [] : [[spec.port, spec.name]])));
}
