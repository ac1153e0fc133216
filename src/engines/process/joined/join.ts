import { shellText } from '#engines/core/shell.ts';
import type { Asked } from '../ask-now.ts';
import { processesByRun } from '../marks.ts';
import { lookAtPorts, type Ports } from '../port/listening.ts';
import type { ProcessRecord } from '../records.ts';
import { pidOf } from '../signal.ts';
import type { Probe } from '../spec.ts';
import type { JoinedHealth } from './row.ts';
import { type Listener, reasonFor, standingOf } from './standing.ts';

/** What processes have answered, together with who has their ports. */
export async function join(asked: readonly Asked[]): Promise<JoinedHealth[]> {
  const ports = lookAtPorts();
  const owned = pidsByProcess(asked.map(({ record }) => record));
  return Promise.all(
    asked.map(async (one) => joined(one, await listenerOf(one, ports, owned.get(one.row.id) ?? new Set()))),
  );
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
  const { id, kind, owner, phase, pid, port, restarts } = row;
  const { ready, alive } = record.spec;
  const standing = standingOf(asked);
  return {
    ...{ id, standing, kind, owner, phase, model: kind === 'worker' ? row.about : null, pid, port },
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
