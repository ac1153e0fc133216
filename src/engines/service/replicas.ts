import * as z from 'zod/mini';
import { DEFAULT_SET, setOfService } from '#engines/env/records.ts';
import { type Probe, type ProcessSpec, specSchema } from '#engines/process/spec.ts';
import type { Definition } from './definition.ts';

export function replicaName(service: string, index: number): string {
  return `${service}:${index}`;
}

/** Which replica of its service a process is; nothing where its name says none. */
export function replicaIndex(process: string): number | undefined {
  const index = /:(\d+)$/.exec(process)?.[1];
  return index === undefined ? undefined : Number(index);
}

/** The lowest indices that are not taken. */
export function freeIndices(count: number, taken: ReadonlySet<number>): number[] {
  const free: number[] = [];
  for (let index = 0; free.length < count; index++) if (!taken.has(index)) free.push(index);
  return free;
}

/** One process of a service, with its index and the port that goes with it. */
export function specOf(definition: Definition, index: number): ProcessSpec {
  const { name, artifact, version, argv, cwd, workspace, defaults, env, restart, health } = definition;
  const port = definition.port === null ? null : definition.port + index;
  const probe = health && ofReplica(health, { first: definition.port, port });
  return z.parse(specSchema, {
    ...{ name: replicaName(name, index), kind: 'service', owner: name, workspace, argv, cwd, port, restart },
    about: version ?? artifact ?? argv.at(-1) ?? null,
    defaults,
    sets: setsOf(definition),
    env: { ...env, GANTRY_REPLICA: String(index) },
    ...(probe ? { ready: { ...probe, every: 1_000 }, alive: { ...probe, every: 10_000 } } : {}),
  });
}

/** What everything has, what its environment has, what it has for itself. */
function setsOf({ name, environment }: Definition): string[] {
  return [DEFAULT_SET, ...(environment === null ? [] : [environment]), setOfService(name)];
}

/** `$PORT` in a probe stands for the port of the replica that it asks, as the port of the first replica does. */
function ofReplica(probe: Probe, { first, port }: { first: number | null; port: number | null }): Probe {
  const placed = (text: string) => text.replaceAll(/\$\{?PORT\}?/g, String(port ?? ''));
  if (probe.kind === 'http') return { ...probe, url: placed(probe.url) };
  if (probe.kind === 'command') return { ...probe, argv: probe.argv.map(placed) };
  return probe.kind === 'tcp' && probe.port === first && port !== null ? { ...probe, port } : probe;
}
