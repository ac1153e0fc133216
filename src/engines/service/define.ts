import { createHash } from 'node:crypto';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { canonical } from '#engines/core/json.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Target } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import type { Definition } from './definition.ts';
import { serviceDefinition } from './facts.ts';
import { forgetService, readService, writeService } from './records.ts';

type Defining = Application<{ definition: Definition }>;

export async function checkDefine({ args }: Defining, context: Context): Promise<Applied | undefined> {
  const { definition } = args;
  const known = readService(context.use(store), definition.name);
  return known && digestOf(known) === digestOf(definition) ? left(definition.name, definition) : undefined;
}

export async function applyDefine({ args: { definition } }: Defining, context: Context): Promise<Applied> {
  writeService(context.use(store), definition, context.now());
  return left(definition.name, definition);
}

export async function checkForget({ args }: Defining, context: Context): Promise<Applied | undefined> {
  const { name } = args.definition;
  return readService(context.use(store), name) ? undefined : left(name);
}

export async function applyForget({ args }: Defining, context: Context): Promise<Applied> {
  const { name } = args.definition;
  forgetService(context.use(store), name);
  return left(name);
}

function left(name: string, definition?: Definition): Applied {
  const is = definition ? digestOf(definition) : NONE;
  return {
    summary: definition ? 'on record' : 'forgotten',
    leaves: [expect(serviceDefinition, { name }, is)],
  };
}

export const NONE = 'none';

export async function readDefinitionFact(
  { name }: { name: string },
  _: Target,
  context: Context,
): Promise<string> {
  const known = readService(context.use(store), name);
  return known ? digestOf(known) : NONE;
}

export function digestOf(definition: Definition): string {
  return createHash('sha256').update(canonical(definition)).digest('hex').slice(0, 12);
}
