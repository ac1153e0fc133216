import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { type Application, type Applied, call } from '#engines/core/operation.ts';
import type { Draft, OperationStep, Refusal, Target } from '#engines/core/plan.ts';
import type { Receipt, StepReceipt } from '#engines/core/receipt.ts';
import { quote } from '#engines/core/shell.ts';
import { store } from '#engines/store/store.ts';
import { sha256Of } from './checksum.ts';
import { modelsError } from './errors.ts';
import { expectedOf } from './expected.ts';
import { readHeader } from './header/read.ts';
import { isHere, type Model, modelsNamed } from './local.ts';
import { modelsVerify } from './operations.ts';
import { requireModelDirectory } from './place.ts';
import { recordVerification, type Verification } from './verifications.ts';

interface Args {
  model: string;
  path: string;
  /** That of its model. */
  directory: string;
  /** What the catalog says. */
  sha256: string | null;
  /** By sizes and headers alone. */
  quick: boolean;
}

/** Looks at each file of models that are there; of those that are told and are not, that they are missing. */
export async function planVerify(
  { ids, quick }: { ids: string[]; quick: boolean },
  context: Context,
): Promise<Draft> {
  if (ids.length === 0) requireModelDirectory(context);
  const models = modelsNamed(ids, context);
  const refused = ids.length === 0 ? [] : models.filter((model) => !isHere(model)).map(absent);
  return {
    steps: models.filter(isHere).flatMap((model) => stepsFor(model, quick)),
    refused,
    workspace: null,
  };
}

/** Every shard, those that are missing as well. */
function stepsFor(model: Model, quick: boolean): OperationStep[] {
  const { id, entry, directory, weights } = model;
  return weights.map((path, index) => ({
    id: `${id}/${index + 1}`,
    target: fileTarget(model, path),
    expects: [],
    ...call(modelsVerify, {
      ...{ model: id, path, directory: directory ?? dirname(path), quick },
      sha256: weights.length === 1 ? (entry?.sha256 ?? null) : null,
    }),
  }));
}

/** By the name of the model, and of the file where it has several. */
export function fileTarget({ id, weights }: Model, path: string): Target {
  return { kind: 'file', name: weights.length > 1 ? `${id} ${basename(path)}` : id, path };
}

function absent(model: Model): Refusal {
  const { id, entry, weights } = model;
  const path = weights[0] ?? id;
  const next = entry?.repo === undefined ? ['gantry models list'] : [`gantry models download ${quote(id)}`];
  const { failure } = modelsError('model-absent', `${id} is not on this machine.`, {
    next,
    details: { id, path },
  });
  return { target: { kind: 'file', name: id, path }, failure };
}

export async function applyVerify({ args, target }: Application<Args>, context: Context): Promise<Applied> {
  const found = await lookAt(args, target, context);
  const told: Verification = { model: args.model, path: args.path, ...found, at: context.now() };
  recordVerification(context.use(store), told);
  const result = { ...told };
  if (told.verdict === 'verified' || told.verdict === 'whole') return { summary: wordsFor(told), result };
  throw modelsError('model-broken', `${target.name}: ${told.why}.`, {
    next: [`gantry models info ${quote(args.model)}`, `gantry models download ${quote(args.model)} --force`],
    details: result,
  });
}

type Found = Omit<Verification, 'model' | 'path' | 'at'>;

async function lookAt(
  { path, directory, sha256, quick }: Args,
  target: Target,
  context: Context,
): Promise<Found> {
  const stat = statSync(path, { throwIfNoEntry: false });
  const unknown = { sha256: null, expected: null, expectedBy: null };
  if (!stat?.isFile()) return { size: 0, mtime: 0, verdict: 'absent', why: 'it is not there', ...unknown };
  const [size, mtime] = [stat.size, Math.trunc(stat.mtimeMs)];
  const seen = { size, mtime, ...unknown };
  const reading = readHeader(path);
  if ('flaw' in reading) return { ...seen, verdict: 'broken', why: reading.flaw };
  if (quick) return { ...seen, verdict: 'whole', why: null };
  const expected = expectedOf({ path, directory, sha256, size, mtime }, context);
  const sum = await summed(path, size, target, context);
  const known = {
    ...seen,
    sha256: sum,
    expected: expected?.sha256 ?? null,
    expectedBy: expected?.by ?? null,
  };
  if (expected && expected.sha256 !== sum) {
    return {
      ...known,
      verdict: 'broken',
      why: `its SHA-256 is ${sum}, and not ${expected.sha256} as ${BY[expected.by]}`,
    };
  }
  return { ...known, verdict: expected ? 'verified' : 'whole', why: null };
}

const BY = {
  catalog: 'the catalog says',
  hub: 'the hub said when it was downloaded',
  earlier: 'an earlier look found',
} as const;

function summed(path: string, total: number, { name }: Target, { signal, report }: Context): Promise<string> {
  const heard = (done: number) =>
    report({ kind: 'progress', target: name, label: 'SHA-256', done, total, unit: 'bytes' });
  return sha256Of(path, { signal, heard });
}

function wordsFor({ verdict, sha256, expectedBy }: Verification): string {
  if (sha256 === null) return 'whole by its header';
  if (verdict === 'whole') return `whole by its header; SHA-256 ${sha256}, which nobody expects otherwise`;
  return `SHA-256 ${sha256}, as ${expectedBy === null ? 'expected' : BY[expectedBy]}`;
}

/** Looking again changes nothing. */
export async function checkVerify(): Promise<undefined> {
  return undefined;
}

export function concludeVerify({ steps }: Receipt): { files: VerifiedFile[] } {
  return { files: steps.flatMap(fileOf) };
}

export type VerifiedFile = Omit<Verification, 'mtime'>;

function fileOf({ result, failure }: StepReceipt): VerifiedFile[] {
  const told = (result ?? failure?.details) as Verification | { path: string; id: string } | undefined;
  if (told === undefined) return [];
  if ('id' in told) {
    const nothing = { size: 0, sha256: null, expected: null, expectedBy: null, at: 0 };
    return [
      { model: told.id, path: told.path, verdict: 'absent', why: failure?.message ?? null, ...nothing },
    ];
  }
  if (!('verdict' in told)) return [];
  const { mtime: _, ...file } = told;
  return [file];
}
