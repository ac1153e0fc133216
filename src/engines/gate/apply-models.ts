import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import type { Gateway } from './address.ts';
import { modelsOf, removeModelAt } from './client/contract.ts';
import { changed, upload } from './client/upload.ts';
import { gateModelFact } from './facts.ts';
import { type File, fileText, readFileFact } from './file.ts';
import type { Model } from './types.ts';

type At = Pick<Gateway, 'url' | 'within'>;
type Named = At & { name: string };

/** A gateway keeps what came as a whole: if it is there, and as large, it came. */
export async function checkAdd(
  { args }: Application<Named & File>,
  context: Context,
): Promise<Applied | undefined> {
  const found = await modelAt(args, context);
  return found?.size === args.size ? applied(args, found) : undefined;
}

export async function applyAdd({ args }: Application<Named & File>, context: Context): Promise<Applied> {
  const { url, within, name, file, size } = args;
  if ((await readFileFact(args)) !== fileText(args)) throw changed(file);
  const model = await upload({ url, within, from: 'option' }, { name, file, size }, context);
  return applied(args, model);
}

export async function checkRemove(
  { args }: Application<Named>,
  context: Context,
): Promise<Applied | undefined> {
  return (await modelAt(args, context)) ? undefined : removed(args);
}

export async function applyRemove({ args }: Application<Named>, context: Context): Promise<Applied> {
  await removeModelAt({ ...args, from: 'option' }, args.name, context);
  return removed(args);
}

export async function readModelFact(args: Named, _: Target, context: Context): Promise<string> {
  return modelText(await modelAt(args, context));
}

export function modelText(model: Model | undefined): string {
  return model ? `${model.size} bytes` : 'none';
}

async function modelAt({ url, within, name }: Named, context: Context): Promise<Model | undefined> {
  const models = await modelsOf({ url, within, from: 'option' }, context);
  return models.find((model) => model.name === name);
}

function applied({ url, within, name }: Named, model: Model): Applied {
  return {
    summary: `${model.size} bytes`,
    result: { ...model },
    leaves: [expect(gateModelFact, { url, within, name }, modelText(model))],
  };
}

function removed({ url, within, name }: Named): Applied {
  return {
    summary: 'deleted',
    leaves: [expect(gateModelFact, { url, within, name }, modelText(undefined))],
  };
}
