import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { call } from '#engines/core/operation.ts';
import {
  type Draft,
  isChoice,
  type Refusal,
  type Settled,
  type Step,
  type Target,
} from '#engines/core/plan.ts';
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
import { type DownloadSpec, isOpen, specSchema } from '#engines/download/types.ts';
import { store } from '#engines/store/store.ts';
import type { Entry } from '../catalog/entry.ts';
import { conversionSteps } from '../convert/plan.ts';
import { sizeOfFile } from '../files.ts';
import { placeOf } from '../place.ts';
import { inputsWanted } from './inputs.ts';
import { convertedEntry, filesWanted, type Wanted } from './wanted.ts';

export interface DownloadInput {
  models: string[];
  revision?: string;
  force: boolean;
  wait: boolean;
  using: 'gantry' | 'hf';
  keepInputs: boolean;
}

/** The hub is asked for each file, so that what does not exist or may not be had is refused before anything is begun. */
export async function planDownload(input: DownloadInput, context: Context): Promise<Draft> {
  if (input.using === 'hf') return (await import('./hf.ts')).planHf(input, context);
  return askingHub(context, async (judging) => {
    const drafts = await Promise.all(input.models.map((name) => draftOf(name, input, judging)));
    return {
      steps: drafts.flatMap(({ steps }) => steps),
      refused: drafts.flatMap(({ refused = [] }) => refused),
      settled: drafts.flatMap(({ settled = [] }) => settled),
    };
  });
}

/** The same for files, wherever they are from. */
export function planWanted(
  wanted: readonly Wanted[],
  how: Pick<DownloadInput, 'force' | 'wait'>,
  context: Context,
): Promise<Draft> {
  return askingHub(context, async (judging) =>
    judgedDraft(await Promise.all(wanted.map((one) => judge(one, how, judging)))),
  );
}

async function askingHub(context: Context, plan: (judging: Judging) => Promise<Draft>): Promise<Draft> {
  const line = openLine(context.env);
  try {
    const asking: Asking = { hub: hubOf(context), line, signal: context.signal };
    const draft = await plan({ asking, context });
    await requireRoomFor(draft.steps);
    return draft;
  } finally {
    line.close();
  }
}

async function draftOf(name: string, input: DownloadInput, judging: Judging): Promise<Draft> {
  const made = convertedEntry(name, judging.context);
  if (made) return madeDraft(made, input, judging);
  const wanted = await filesWanted(name, input.revision, judging.context);
  return judgedDraft(await Promise.all(wanted.map((one) => judge(one, input, judging))));
}

/** What it is made from is waited for, and then it is made. */
async function madeDraft(entry: Entry, input: DownloadInput, judging: Judging): Promise<Draft> {
  const { directory, path } = placeOf(entry, judging.context);
  if (!input.force && sizeOfFile(path)) {
    return { steps: [], settled: [{ target: { kind: 'file', name: entry.id, path }, reason: 'is there' }] };
  }
  const conversion = await conversionSteps(entry, input, judging.context);
  const wanted = await inputsWanted(entry, directory, judging.asking);
  const patient = { ...input, wait: true };
  const inputs = judgedDraft(await Promise.all(wanted.map((one) => judge(one, patient, judging))));
  if (inputs.refused?.length) return { ...inputs, steps: [] };
  const after = inputs.steps.map(({ id }) => id);
  return {
    ...inputs,
    settled: [],
    steps: [
      ...inputs.steps,
      ...conversion.map((step) => ({ ...step, after: [...(step.after ?? []), ...after] })),
    ],
  };
}

type Judged = { step: Step } | Refusal | Settled;

function judgedDraft(judged: readonly Judged[]): Draft {
  return {
    steps: judged.flatMap((one) => ('step' in one ? [one.step] : [])),
    refused: judged.flatMap((one) => ('failure' in one ? [one] : [])),
    settled: judged.flatMap((one) => ('reason' in one ? [one] : [])),
  };
}

interface Judging {
  asking: Asking;
  context: Context;
}

async function judge(
  wanted: Wanted,
  { force, wait }: Pick<DownloadInput, 'force' | 'wait'>,
  { asking, context }: Judging,
): Promise<Judged> {
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
    if (isChoice(step) || step.op !== downloadStart.id) continue;
    const spec = z.parse(specSchema, step.args.spec);
    bytes.set(spec.directory, (bytes.get(spec.directory) ?? 0) + spec.size);
  }
  for (const [directory, needed] of bytes) await requireRoom(directory, needed);
}

/** A model of one file is told by its name, and each file of several beside it. */
function targetOf({ model, repo, file, directory, isOneOfMany }: Wanted): Target {
  const name = model === null ? `${repo}/${file}` : isOneOfMany ? `${model} ${file}` : model;
  return { kind: 'download', name, path: join(directory, file) };
}
