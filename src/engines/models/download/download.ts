import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Refusal, Settled, Step, Target } from '#engines/core/plan.ts';
import { downloadError } from '#engines/download/errors.ts';
import type { Asking } from '#engines/download/hub/ask.ts';
import { fileOf, type HubFile } from '#engines/download/hub/file.ts';
import { hubOf } from '#engines/download/hub/hub.ts';
import { openLine } from '#engines/download/line.ts';
import { downloadStart } from '#engines/download/operations.ts';
import { downloadTo, pathOf } from '#engines/download/records.ts';
import { layoutOf } from '#engines/download/transfer/layout.ts';
import { knownFile } from '#engines/download/transfer/metadata.ts';
import { requireRoom } from '#engines/download/transfer/room.ts';
import { type DownloadSpec, isOpen } from '#engines/download/types.ts';
import { store } from '#engines/store/store.ts';
import { filesWanted, type Wanted } from './wanted.ts';

interface DownloadInput {
  models: string[];
  revision?: string;
  force: boolean;
  wait: boolean;
}

/** The hub is asked for each file, so that what does not exist or may not be had is refused before anything is begun. */
export async function planDownload(input: DownloadInput, context: Context): Promise<Draft> {
  const wanted = await Promise.all(input.models.map((name) => filesWanted(name, input.revision, context)));
  return planWanted(wanted.flat(), input, context);
}

/** The same for files, wherever they are from. */
export async function planWanted(
  wanted: readonly Wanted[],
  how: Pick<DownloadInput, 'force' | 'wait'>,
  context: Context,
): Promise<Draft> {
  const line = openLine(context.env);
  const asking: Asking = { hub: hubOf(context), line, signal: context.signal };
  try {
    const judged = await Promise.all(wanted.map((one) => judge(one, how, { asking, context })));
    const steps = judged.flatMap((one) => ('step' in one ? [one.step] : []));
    await requireRoomFor(steps);
    return {
      steps,
      refused: judged.flatMap((one) => ('failure' in one ? [one] : [])),
      settled: judged.flatMap((one) => ('reason' in one ? [one] : [])),
    };
  } finally {
    line.close();
  }
}

interface Judging {
  asking: Asking;
  context: Context;
}

async function judge(
  wanted: Wanted,
  { force, wait }: Pick<DownloadInput, 'force' | 'wait'>,
  { asking, context }: Judging,
): Promise<{ step: Step } | Refusal | Settled> {
  const target = targetOf(wanted);
  try {
    const file = await fileOf(wanted, asking);
    const spec = specOf(wanted, file, asking.hub.endpoint);
    const reason = force ? undefined : await whySettled(spec, { wait, context });
    if (reason !== undefined) return { target, reason };
    return {
      step: {
        id: `${target.name}/1`,
        target,
        expects: [],
        ...call(downloadStart, { spec, anew: force, wait }),
      },
    };
  } catch (thrown) {
    context.signal.throwIfAborted();
    return { target, failure: failureOf(thrown) };
  }
}

function specOf({ model, sha256, directory }: Wanted, file: HubFile, endpoint: string): DownloadSpec {
  return { ...file, model, sha256, directory, endpoint };
}

/** Why nothing is to be done: it is there, or on its way. */
async function whySettled(
  spec: DownloadSpec,
  { wait, context }: { wait: boolean; context: Context },
): Promise<string | undefined> {
  const known = downloadTo(context.use(store), pathOf(spec));
  if (known && isOpen(known.state) && !wait && known.state.phase !== 'paused') {
    return `download ${known.id} is ${known.state.phase}`;
  }
  const layout = layoutOf(spec);
  if (await knownFile(layout, spec)) return 'is there';
  const there = await stat(layout.path).catch(() => undefined);
  if (!there) return undefined;
  if (!there.isFile()) throw taken(`${layout.path} is no file.`, spec);
  // What was broken off is as good as nothing; what has another size may be somebody's own.
  if (there.size === spec.size) return 'is there; gantry models verify looks at its bytes';
  if (there.size < spec.size) return undefined;
  throw taken(`${layout.path} has ${there.size} bytes, and the hub has ${spec.size}.`, spec);
}

function taken(message: string, { model, repo, file }: DownloadSpec) {
  return downloadError('place-taken', message, {
    next: [`gantry models download ${model ?? `${repo}/${file}`} --force`],
  });
}

async function requireRoomFor(steps: readonly Step[]): Promise<void> {
  const bytes = new Map<string, number>();
  for (const step of steps) {
    const { spec } = (step as unknown as { args: { spec: DownloadSpec } }).args;
    bytes.set(spec.directory, (bytes.get(spec.directory) ?? 0) + spec.size);
  }
  for (const [directory, needed] of bytes) await requireRoom(directory, needed);
}

function targetOf({ model, repo, file, directory }: Wanted): Target {
  const name = model === null ? `${repo}/${file}` : model;
  return {
    kind: 'download',
    name: model !== null && file.includes('-of-') ? `${name} ${basename(file)}` : name,
    path: join(directory, file),
  };
}
