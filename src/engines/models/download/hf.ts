import { dirname, join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Step, Target } from '#engines/core/plan.ts';
import { requireHf } from '#engines/download/hf.ts';
import { requirePlace } from '#engines/download/hub/file.ts';
import { downloadHf } from '#engines/download/operations.ts';
import type { Entry } from '../catalog/entry.ts';
import { conversionSteps } from '../convert/plan.ts';
import { sizeOfFile } from '../files.ts';
import { INPUTS } from '../local.ts';
import { modelsVerify } from '../operations.ts';
import { placeOf } from '../place.ts';
import type { DownloadInput } from './download.ts';
import { convertedEntry, filesWanted, type Wanted } from './wanted.ts';

/** The same by the hf command, while this one runs; it goes to the hub by itself, so that nothing is asked before. */
export async function planHf(input: DownloadInput, context: Context): Promise<Draft> {
  requireHf(context);
  const drafts = await Promise.all(input.models.map((name) => draftOf(name, input, context)));
  return {
    steps: drafts.flatMap(({ steps }) => steps),
    settled: drafts.flatMap(({ settled = [] }) => settled),
    workspace: null,
  };
}

async function draftOf(name: string, input: DownloadInput, context: Context): Promise<Draft> {
  const made = convertedEntry(name, context);
  if (made) return madeDraft(made, input, context);
  const wanted = await filesWanted(name, input.revision, context);
  const missing = wanted.filter((one) => input.force || !sizeOfFile(pathOf(one)));
  return {
    steps: missing.flatMap((one) => stepsFor(one, input)),
    settled: missing.length > 0 ? [] : [{ target: targetOf(name, wanted), reason: 'is there' }],
  };
}

/** What comes is looked at as any other model, and its SHA-256 kept. */
function stepsFor(wanted: Wanted, { revision, force }: DownloadInput): Step[] {
  requirePlace(wanted);
  const { repo, file, model, directory, sha256 } = wanted;
  const path = pathOf(wanted);
  const name = model === null ? `${repo}/${file}` : wanted.isOneOfMany ? `${model} ${file}` : model;
  const target: Target = { kind: 'download', name, path };
  const fetched = { repo, file, revision: revision ?? null, directory, anew: force };
  const look = { model: model ?? name, path, directory: dirname(path), sha256, quick: false };
  return [
    { id: `${name}/1`, target, expects: [], ...call(downloadHf, fetched) },
    { id: `${name}/2`, target, expects: [], ...call(modelsVerify, look) },
  ];
}

async function madeDraft(entry: Entry, input: DownloadInput, context: Context): Promise<Draft> {
  const { directory, path } = placeOf(entry, context);
  const target: Target = { kind: 'download', name: entry.id, path };
  if (!input.force && sizeOfFile(path)) return { steps: [], settled: [{ target, reason: 'is there' }] };
  const conversion = await conversionSteps(entry, input, context);
  const fetched = {
    ...{ repo: entry.repo ?? '', file: null, revision: input.revision ?? null, anew: input.force },
    directory: join(directory, INPUTS),
  };
  const id = `${entry.id}/1`;
  return {
    steps: [
      { id, target, expects: [], ...call(downloadHf, fetched) },
      ...conversion.map((step) => ({ ...step, after: [...(step.after ?? []), id] })),
    ],
  };
}

function pathOf({ directory, file }: Pick<Wanted, 'directory' | 'file'>): string {
  return join(directory, file);
}

function targetOf(name: string, [first]: readonly Wanted[]): Target {
  return { kind: 'download', name, ...(first && { path: pathOf(first) }) };
}
