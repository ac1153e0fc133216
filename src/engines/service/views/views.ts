import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { logDirectory } from '#engines/process/files.ts';
import { logFile } from '#engines/process/logs/open.ts';
import { pidOf } from '#engines/process/signal.ts';
import { linkView, putView } from '#engines/process/view.ts';
import { store } from '#engines/store/store.ts';
import { type Kept, keptServices } from '../named.ts';
import { replicaIndex } from '../replicas.ts';
import { configOf, registryOf } from './registry.ts';

/** What a view of a service has; nothing else is ever taken away. */
const OURS: ReadonlySet<string> = new Set(['pid', 'config.json', 'artifact.jos', 'logs']);

/** Keeps `~/.jos/services` as the database has it, for programs that look there, until the signal aborts. */
export async function keepViews(context: Context): Promise<void> {
  const place = join(context.paths.home, '.jos', 'services');
  let last = '';
  for await (const _ of changesOf(context.use(store), context.signal)) {
    const services = keptServices(context);
    const next = JSON.stringify([services, registryOf(services)]);
    // Whoever keeps no services has no directory for them.
    if (next === last || (last === '' && services.length === 0 && !(await exists(place)))) continue;
    last = next;
    await writeViews(place, services, context);
  }
}

/** Each file appears whole under its name. */
export async function writeViews(place: string, services: readonly Kept[], context: Context): Promise<void> {
  await mkdir(place, { recursive: true, mode: 0o700 });
  for (const service of services) await writeView(join(place, service.definition.name), service, context);
  const names = new Set(services.map(({ definition }) => definition.name));
  for (const entry of await readdir(place, { withFileTypes: true })) {
    if (entry.isDirectory() && !names.has(entry.name)) await removeView(join(place, entry.name));
  }
  await putView(join(place, 'registry.json'), textOf(registryOf(services)));
}

async function writeView(dir: string, service: Kept, context: Context): Promise<void> {
  const { definition, replicas } = service;
  await mkdir(join(dir, 'logs'), { recursive: true, mode: 0o700 });
  await putView(join(dir, 'config.json'), textOf(configOf(service, context)));
  const pids = replicas.flatMap(({ status }) => (status.identity === null ? [] : [pidOf(status.identity)]));
  await putView(join(dir, 'pid'), pids.map((pid) => `${pid}\n`).join(''));
  if (definition.artifact !== null) await linkView(definition.artifact, join(dir, 'artifact.jos'));
  const logs = replicas.map(({ spec }) => ({
    index: replicaIndex(spec.name) ?? 0,
    file: logFile(logDirectory(context, spec.name)),
  }));
  for (const { index, file } of logs) await linkView(file, join(dir, 'logs', `${index}.log`));
  const [first] = logs;
  if (first) await linkView(first.file, join(dir, 'logs', 'current.log'));
}

async function removeView(dir: string): Promise<void> {
  const entries = await readdir(dir);
  if (!entries.every((name) => OURS.has(name)) || !entries.includes('config.json')) return;
  await rm(dir, { recursive: true, force: true });
}

function textOf(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
