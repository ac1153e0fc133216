import { lstat, mkdir, readdir, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { changesOf } from '#engines/activity/changes.ts';
import type { Context } from '#engines/core/context.ts';
import { logDirectory } from '#engines/process/files.ts';
import { logFile } from '#engines/process/logs/open.ts';
import type { ProcessRecord } from '#engines/process/records.ts';
import { pidOf } from '#engines/process/signal.ts';
import { linkView, putView } from '#engines/process/view.ts';
import { store } from '#engines/store/store.ts';
import { labelsOf } from '../labels.ts';
import { keptWorkers } from '../named.ts';

/** What a worker has in `.runtime/workers`. */
const ENDINGS = ['json', 'pid', 'log'] as const;

/** Keeps `.runtime/workers` of every workspace that has workers as the database has it, until the signal aborts. */
export async function keepWorkerViews(context: Context): Promise<void> {
  const seen = new Set<string>();
  let last = '';
  for await (const _ of changesOf(context.use(store), context.signal)) {
    const workers = keptWorkers(context);
    for (const { spec } of workers) if (spec.workspace !== null) seen.add(spec.workspace);
    const next = JSON.stringify(workers.map(({ spec, status }) => [spec, status.identity, status.startedAt]));
    if (next === last) continue;
    last = next;
    // A workspace that can't be written to keeps nobody else from being told.
    await Promise.allSettled([...seen].map((root) => writeWorkerViews(root, workers, context)));
  }
}

/** A directory that is a link leads who knows where, so that nothing is written below one. */
export async function writeWorkerViews(
  workspace: string,
  workers: readonly ProcessRecord[],
  context: Context,
): Promise<void> {
  const place = join(workspace, '.runtime', 'workers');
  const own = workers.filter(({ spec }) => spec.workspace === workspace);
  for (const dir of [join(workspace, '.runtime'), place]) {
    if (!(await isDirectory(dir, own.length > 0))) return;
  }
  for (const worker of own) await writeView(place, worker, context);
  await sweep(place, { keep: new Set(own.map(({ spec }) => spec.name)), context });
}

/** A worker that does not run has its log, and nothing that says that it runs. */
async function writeView(place: string, worker: ProcessRecord, context: Context): Promise<void> {
  const { spec, status } = worker;
  const [json, pid, log] = ENDINGS.map((ending) => join(place, `${spec.name}.${ending}`)) as [
    string,
    string,
    string,
  ];
  await linkView(logFile(logDirectory(context, spec.name)), log);
  if (status.identity === null) {
    await Promise.all([json, pid].map((file) => rm(file, { force: true })));
    return;
  }
  await putView(json, `${JSON.stringify(viewOf(worker, pidOf(status.identity)), null, 2)}\n`);
  await putView(pid, `${pidOf(status.identity)}\n`);
}

function viewOf(worker: ProcessRecord, pid: number): object {
  const { spec, status } = worker;
  return {
    worker_id: spec.name,
    pid,
    backend: labelsOf(worker).backend,
    model_id: spec.about,
    port: spec.port,
    started_at: status.startedAt === null ? null : new Date(status.startedAt).toISOString(),
  };
}

/** Takes away what was written of workers that are gone: a link to a log of ours tells it from anybody else's. */
async function sweep(
  place: string,
  { keep, context }: { keep: ReadonlySet<string>; context: Context },
): Promise<void> {
  const names = (await readdir(place)).flatMap((name) => /^(.+)\.log$/.exec(name)?.[1] ?? []);
  for (const name of names) {
    const target = await readlink(join(place, `${name}.log`)).catch(() => '');
    if (keep.has(name) || !target.startsWith(`${logDirectory(context, name)}/`)) continue;
    // The link goes last: whoever is killed in between can still be told apart.
    for (const ending of ENDINGS) await rm(join(place, `${name}.${ending}`), { force: true });
  }
}

async function isDirectory(dir: string, mayMake: boolean): Promise<boolean> {
  if (mayMake) await mkdir(dir).catch(() => {});
  return lstat(dir).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
