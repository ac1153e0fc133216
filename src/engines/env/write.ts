import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Expectation, Target } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import { envVariable } from './facts.ts';
import { readVariable, writeVariable } from './records.ts';

type Write = Application<{ set: string; name: string; value: string | null }>;

export async function checkWrite({ args }: Write, context: Context): Promise<Applied | undefined> {
  return readVariable(context.use(store), args.set, args.name) === args.value ? written(args) : undefined;
}

export async function applyWrite({ args }: Write, context: Context): Promise<Applied> {
  writeVariable(context.use(store), args, args.value);
  return written(args);
}

export async function readVariableFact(
  { set, name }: { set: string; name: string },
  _: Target,
  context: Context,
): Promise<string> {
  return answerFor(readVariable(context.use(store), set, name));
}

export function expectVariable(set: string, name: string, value: string | null): Expectation {
  return expect(envVariable, { set, name }, answerFor(value));
}

function written({ set, name, value }: Write['args']): Applied {
  return { summary: value === null ? 'unset' : 'set', leaves: [expectVariable(set, name, value)] };
}

function answerFor(value: string | null): string {
  return value === null ? 'unset' : `=${value}`;
}
