import type { Context } from '#engines/core/context.ts';
import type { Failure } from '#engines/core/errors.ts';
import { shellText } from '#engines/core/shell.ts';
import { store } from '#engines/store/store.ts';
import { type Asked, askAll } from '../ask-now.ts';
import { processesByRun } from '../marks.ts';
import { requireProcess } from '../named.ts';
import { lookAtPorts, type Ports } from '../port/listening.ts';
import { type ProcessRecord, readProcesses } from '../records.ts';
import { pidOf } from '../signal.ts';
import type { Probe } from '../spec.ts';
import { verdictOn } from './judge.ts';
import { type JoinedHealth, STANDINGS } from './row.ts';
import { type Listener, reasonFor, standingOf } from './standing.ts';

interface Joined {
  health: JoinedHealth[];
}

/** Every process, asked now, with all that has to do with how it is; what is red comes first. */
export async function readJoined({ names }: { names: string[] }, context: Context): Promise<Joined> {
  const records = recordsOf(names, context);
  const asked = await askAll(records, context);
  const ports = lookAtPorts();
  const owned = pidsByProcess(records);
  const health = await Promise.all(
    asked.map(async (one) => joined(one, await listenerOf(one, ports, owned.get(one.row.id) ?? new Set()))),
  );
  return { health: health.toSorted(byStanding) };
}

export function verdictOf({ health }: Joined): Failure | undefined {
  return verdictOn(health);
}

/** By name or pid, and all replicas of a service by its name. Throws `process-unknown`. */
function recordsOf(names: readonly string[], context: Context): ProcessRecord[] {
  const all = readProcesses(context.use(store));
  if (names.length === 0) return all;
  const found = names.flatMap((name) => {
    const parts = all.filter(({ spec }) => spec.owner === name);
    return parts.length > 0 ? parts : [requireProcess(context, name)];
  });
  return [...new Map(found.map((record) => [record.spec.name, record])).values()];
}

/** All that a process has started belongs to it; a program may leave it to a child to listen. */
function pidsByProcess(records: readonly ProcessRecord[]): Map<string, Set<number>> {
  const isNeeded = records.some(({ spec, status }) => spec.port !== null && status.identity !== null);
  const byRun = isNeeded ? processesByRun() : new Map<string, string[]>();
  return new Map(
    records.map(({ spec, status: { run, identity } }) => {
      const identities = [...(byRun.get(run ?? '') ?? []), ...(identity === null ? [] : [identity])];
      return [spec.name, new Set(identities.map(pidOf))];
    }),
  );
}

async function listenerOf(
  { row: { port } }: Asked,
  ports: Ports,
  own: ReadonlySet<number>,
): Promise<Listener | undefined> {
  if (port === null) return undefined;
  const pids = ports.pidsAt(port);
  if (pids.some((pid) => own.has(pid))) return { who: 'itself' };
  if (await ports.isFree(port)) return { who: 'nobody' };
  return { who: 'other', name: await ports.ownerOf(port), pid: pids[0] };
}

function joined(asked: Asked, listener: Listener | undefined): JoinedHealth {
  const { record, row, answer } = asked;
  const { id: process, kind, owner, phase, pid, port, restarts } = row;
  const { ready, alive } = record.spec;
  const standing = standingOf(asked);
  return {
    ...{ process, standing, kind, owner, phase, model: kind === 'worker' ? row.about : null, pid, port },
    listener: listener?.who === 'other' ? listener.name : (listener?.who ?? null),
    ...{ probe: probeWords(alive ?? ready), said: answer.said, restarts },
    ...reasonFor(asked, standing, listener),
  };
}

function probeWords(probe: Probe | null): string | null {
  if (!probe) return null;
  if (probe.kind === 'http') return probe.url;
  if (probe.kind === 'tcp') return `tcp ${probe.host}:${probe.port}`;
  return probe.kind === 'command' ? shellText(probe.argv) : `"${probe.text}" in its log`;
}

function byStanding(one: JoinedHealth, other: JoinedHealth): number {
  const apart = STANDINGS.indexOf(one.standing) - STANDINGS.indexOf(other.standing);
  return apart || (one.process < other.process ? -1 : 1);
}
