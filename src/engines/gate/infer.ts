import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Context } from '#engines/core/context.ts';
import { quote } from '#engines/core/shell.ts';
import { standardInput } from '#engines/worker/infer/stdin.ts';
import { gatewayFor, type Wanted } from './address.ts';
import { inferAt } from './client/contract.ts';
import { gateError } from './errors.ts';
import type { Inference } from './types.ts';

interface TestInput extends Wanted {
  model: string;
  input: string;
}

export async function readTest({ model, input, ...wanted }: TestInput, context: Context): Promise<Inference> {
  const gateway = await gatewayFor(wanted, context);
  const body = await bodyFrom(input, context);
  const begun = context.now();
  const answer = await inferAt(gateway, { name: model, body }, context);
  return { ...answer, roundTrip: context.now() - begun };
}

/** Throws `gate-file`. */
async function bodyFrom(file: string, { cwd, actor, signal }: Context): Promise<unknown> {
  // Another surface's standard input is not its caller's.
  const isPiped = file === '-' && actor.surface === 'shell';
  const path = resolve(cwd, file);
  try {
    return JSON.parse(await text(isPiped ? standardInput(signal) : createReadStream(path)));
  } catch (cause) {
    const what = isPiped ? 'The standard input' : file;
    throw gateError('gate-file', `${what}: ${(cause as Error).message}.`, {
      next: [isPiped ? 'gantry gate test MODEL --input FILE' : `cat ${quote(path)}`],
      details: { path: file },
      cause,
    });
  }
}
