import { basename } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { nearest } from '#engines/core/nearest.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import type { Receipt } from '#engines/core/receipt.ts';
import { quote } from '#engines/core/shell.ts';
import { gatewayFor, isHere, type Wanted } from './address.ts';
import { modelText } from './apply-models.ts';
import { modelsOf } from './client/contract.ts';
import { gateError } from './errors.ts';
import { gateFileFact, gateModelFact } from './facts.ts';
import { fileAt, fileText } from './file.ts';
import {
  gateModelAdd,
  gateModelAddElsewhere,
  gateModelRemove,
  gateModelRemoveElsewhere,
} from './operations.ts';
import { gatewayStep, gatewayTarget } from './step.ts';
import type { Model } from './types.ts';

export async function readModels(wanted: Wanted, context: Context): Promise<{ models: Model[] }> {
  return { models: await modelsOf(await gatewayFor(wanted, context), context) };
}

interface AddInput extends Wanted {
  path: string;
  name?: string;
}

export async function planAdd({ path, name: told, ...wanted }: AddInput, context: Context): Promise<Draft> {
  const gateway = await gatewayFor(wanted, context);
  const { url, within } = gateway;
  const file = fileAt(path, context);
  const name = told ?? basename(file.file).replace(/\.[^.]+$/, '');
  const target = gatewayTarget(gateway, name);
  const found = (await modelsOf(gateway, context)).find((model) => model.name === name);
  if (found?.size === file.size && found.registeredAt !== null)
    return { steps: [], settled: [{ target, reason: 'is there already, and as large' }] };
  if (found) throw exists(name, path, url);
  const add = isHere(url) ? gateModelAdd : gateModelAddElsewhere;
  const expects = [
    expect(gateFileFact, { file: file.file }, fileText(file)),
    expect(gateModelFact, { url, within, name }, modelText(undefined)),
  ];
  return { steps: [gatewayStep(target, call(add, { url, within, name, ...file }), expects)] };
}

export function added({ steps }: Receipt): { model: Model | null } {
  const result = steps.find(({ status }) => status === 'done')?.result;
  return { model: (result as Model | undefined) ?? null };
}

interface RemoveInput extends Wanted {
  name: string;
}

export async function planRemove({ name, ...wanted }: RemoveInput, context: Context): Promise<Draft> {
  const gateway = await gatewayFor(wanted, context);
  const { url, within } = gateway;
  const models = await modelsOf(gateway, context);
  const found = models.find((model) => model.name === name);
  if (!found) throw unknown(name, url, models);
  const remove = isHere(url) ? gateModelRemove : gateModelRemoveElsewhere;
  const expects = [expect(gateModelFact, { url, within, name }, modelText(found))];
  return {
    steps: [gatewayStep(gatewayTarget(gateway, name), call(remove, { url, within, name }), expects)],
  };
}

function exists(name: string, path: string, url: string) {
  return gateError('gate-model-exists', `There is a model ${name} at ${url} already.`, {
    next: [
      `gantry gate models add ${quote(path)} --name ${quote(`${name}-2`)}`,
      `gantry gate models remove ${quote(name)}`,
    ],
    details: { model: name, url },
  });
}

function unknown(name: string, url: string, models: readonly Model[]) {
  const meant = nearest(
    name,
    models.map((model) => model.name),
  );
  return gateError(
    'gate-model-unknown',
    `There is no model ${name} at ${url}${meant ? `; did you mean ${meant}?` : '.'}`,
    { next: ['gantry gate models list'], details: { model: name, url } },
  );
}
