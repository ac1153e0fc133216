import { createHash } from 'node:crypto';
import { rmdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bytes } from '#engines/core/bytes.ts';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { type Application, type Applied, call } from '#engines/core/operation.ts';
import type { Draft, OperationStep, Refusal, Settled, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { tryLock } from '#engines/daemon/lock.ts';
import { readProcess } from '#engines/process/records.ts';
import { isAtRest } from '#engines/process/status.ts';
import { store } from '#engines/store/store.ts';
import { belongingsOf, sumOf } from './belongings.ts';
import { converterName } from './convert/name.ts';
import { modelsError } from './errors.ts';
import { modelsFiles, modelsUse } from './facts.ts';
import { type Model, modelsNamed, modelsOf } from './local.ts';
import { modelsDelete } from './operations.ts';
import { openUsers } from './users.ts';

export const NOBODY = 'nobody';

interface Args {
  id: string;
  directory: string;
  files: string[];
  size: number;
}

/** Deletes what belongs to models, and nothing that another has beside them; what is in use is refused. */
export async function planDelete({ ids }: { ids: string[] }, context: Context): Promise<Draft> {
  const chosen = modelsNamed(ids, context);
  const all = modelsOf(context);
  const steps: OperationStep[] = [];
  const refused: Refusal[] = [];
  const settled: Settled[] = [];
  const taken = new Set<string>();
  for (const [index, model] of chosen.entries()) {
    // Of two in one directory the last takes along what stands beside both.
    const gone = new Set(chosen.slice(0, index).map(({ id }) => id));
    const { files: own } = belongingsOf(
      model,
      all.filter(({ id }) => id === model.id || !gone.has(id)),
    );
    const files = own.filter((file) => !taken.has(file));
    for (const file of files) taken.add(file);
    const target = targetOf(model);
    const user = userOf(model, files, context);
    const twin = all.find((other) => isTwin(model, other) && !ids.includes(other.id));
    if (files.length > 0 && twin) refused.push({ target, failure: shared(model, twin) });
    else if (files.length === 0) {
      settled.push({ target, reason: own.length > 0 ? 'goes with another' : 'is not on this machine' });
    } else if (user !== NOBODY) refused.push({ target, failure: inUse(model, user) });
    else steps.push(stepFor(model, { files, size: sumOf(files) }, target));
  }
  return { steps, refused, settled, workspace: null };
}

function stepFor(model: Model, { files, size }: Pick<Args, 'files' | 'size'>, target: Target): OperationStep {
  const { id, weights } = model;
  const directory = model.directory as string;
  return {
    id: `${id}/1`,
    target,
    expects: [
      expect(modelsFiles, { files }, fingerprintOf(files)),
      expect(modelsUse, { id, weights, files }, NOBODY),
    ],
    ...call(modelsDelete, { id, directory, files, size }),
  };
}

function targetOf({ id, weights }: Model): Target {
  return { kind: 'file', name: id, ...(weights[0] !== undefined && { path: weights[0] }) };
}

/** Another entry for the very same file. */
function isTwin(model: Model, other: Model): boolean {
  return other.id !== model.id && other.weights.some((file) => model.weights.includes(file));
}

function shared({ id }: Model, { id: other }: Model) {
  return modelsError('model-in-use', `${id} and ${other} are the same file.`, {
    next: [`gantry models delete ${quote(id)} ${quote(other)}`, `gantry models unregister ${quote(id)}`],
    details: { id, other },
  }).failure;
}

function inUse({ id }: Model, user: string) {
  const worker = user.startsWith('worker ') ? user.slice('worker '.length) : undefined;
  const next = worker === undefined ? ['gantry process list'] : [`gantry worker stop ${quote(worker)}`];
  return modelsError('model-in-use', `${id} is in use by ${user}.`, { next, details: { id, user } }).failure;
}

/** `nobody`, or who reads or writes files of a model now: `worker NAME`, `its conversion`, `a download`. */
function userOf(
  { id, weights }: Pick<Model, 'id' | 'weights'>,
  files: readonly string[],
  context: Context,
): string {
  const [worker] = openUsers(context)(weights);
  if (worker !== undefined) return `worker ${worker}`;
  const conversion = readProcess(context.use(store), converterName(id));
  if (conversion && !isAtRest(conversion.status)) return 'its conversion';
  return files.some(isLocked) ? 'a download' : NOBODY;
}

/** Who downloads a file holds a lock beside it. */
function isLocked(file: string): boolean {
  if (!file.endsWith('.gantry')) return false;
  const lock = tryLock(file);
  lock?.release();
  return lock === undefined;
}

export async function readUseFact(
  { id, weights, files }: { id: string; weights: string[]; files: string[] },
  _: Target,
  context: Context,
): Promise<string> {
  return userOf({ id, weights }, files, context);
}

export async function readFilesFact({ files }: { files: string[] }): Promise<string> {
  return fingerprintOf(files);
}

/** Sizes and times of change, which tell whether these are the files that were shown. */
function fingerprintOf(files: readonly string[]): string {
  const marks = files.map((file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found ? `${file}\0${found.size}\0${found.mtimeMs}` : `${file}\0absent`;
  });
  return createHash('sha256').update(marks.join('\n')).digest('hex').slice(0, 16);
}

export async function applyDelete({ args }: Application<Args>, context: Context): Promise<Applied> {
  for (const file of args.files) {
    context.signal.throwIfAborted();
    await rm(file, { force: true, maxRetries: 3 });
  }
  removeEmpty(args);
  return applied(args);
}

export async function checkDelete({ args }: Application<Args>): Promise<Applied | undefined> {
  const isGone = args.files.every((file) => statSync(file, { throwIfNoEntry: false }) === undefined);
  return isGone ? applied(args) : undefined;
}

function applied({ files, size }: Args): Applied {
  const { length } = files;
  return { summary: `${length} ${length === 1 ? 'file' : 'files'}, ${bytes(size)}`, result: { size } };
}

/** Directories that are left without anything, up to that of the model. */
function removeEmpty({ directory, files }: Args): void {
  const folders = new Set(files.flatMap((file) => foldersBetween(dirname(file), directory)));
  for (const folder of [...folders].toSorted((a, b) => b.length - a.length)) {
    try {
      rmdirSync(folder);
    } catch {
      // It is not empty, or gone.
    }
  }
}

function foldersBetween(folder: string, directory: string): string[] {
  if (folder === directory) return [folder];
  return folder.startsWith(`${directory}/`) ? [folder, ...foldersBetween(dirname(folder), directory)] : [];
}
