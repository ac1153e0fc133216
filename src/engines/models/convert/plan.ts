import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft, Expectation, Step } from '#engines/core/plan.ts';
import { quote, shellText } from '#engines/core/shell.ts';
import { callersPath } from '#engines/process/environment.ts';
import { type ProcessSpec, specSchema } from '#engines/process/spec.ts';
import { commandsOf } from '#engines/workspace/commands.ts';
import { requireTrust } from '#engines/workspace/consent.ts';
import { readWorkspace } from '#engines/workspace/read.ts';
import { expectTrust } from '#engines/workspace/trust.ts';
import type { Entry } from '../catalog/entry.ts';
import { findEntry } from '../catalog/read.ts';
import { modelsError } from '../errors.ts';
import { namesIn } from '../files.ts';
import { INPUTS, requireModel } from '../local.ts';
import { modelsConvert } from '../operations.ts';
import { placeOf } from '../place.ts';
import { conditionOf } from '../state.ts';
import { type Converter, requireConverter } from './converter.ts';
import { converterName } from './name.ts';

interface ConvertInput {
  id: string;
  keepInputs: boolean;
  force: boolean;
}

/** Makes the file of a model of the PyTorch files that are there, unless it is made already. */
export async function planConvert({ id, keepInputs, force }: ConvertInput, context: Context): Promise<Draft> {
  const entry = findEntry(id, context);
  if (!entry.requiresConversion) {
    throw modelsError('conversion-needless', `${id} is not converted.`, {
      next: [`gantry models info ${quote(id)}`],
    });
  }
  const { directory, path } = placeOf(entry, context);
  const target = { kind: 'file', name: id, path } as const;
  if (!force && conditionOf(requireModel(id, context), context).state === 'downloaded') {
    return { steps: [], settled: [{ target, reason: 'is converted already' }], workspace: null };
  }
  const inputs = join(directory, INPUTS);
  if (!namesIn(inputs).some((name) => /\.(safetensors|bin|pth?)$/.test(name))) {
    throw modelsError('conversion-inputs', `There is nothing in ${inputs} to convert ${id} from.`, {
      next: [`gantry models download ${quote(id)}`],
      details: { id, inputs },
    });
  }
  return { steps: await conversionSteps(entry, { keepInputs }, context) };
}

/** The steps that make an entry's file of what is in its directory by then; also for who fetches that first. */
export async function conversionSteps(
  entry: Entry,
  { keepInputs }: { keepInputs: boolean },
  context: Context,
): Promise<Step[]> {
  const { directory, path } = placeOf(entry, context);
  const converter = requireConverter(entry, context);
  const spec = specOf(entry, { converter, directory, path }, context);
  const trust = converter.isOfWorkspace ? await trustFor(spec.argv, context) : { steps: [], expects: [] };
  const step: Step = {
    id: `${entry.id}/convert`,
    target: { kind: 'file', name: entry.id, path },
    expects: trust.expects,
    ...(trust.steps.length > 0 ? { after: trust.steps.map(({ id }) => id) } : {}),
    ...call(modelsConvert, {
      id: entry.id,
      spec,
      inputs: join(directory, INPUTS),
      path,
      size: entry.sizeBytes,
      keepInputs,
    }),
  };
  return [...trust.steps, step];
}

function specOf(
  entry: Entry,
  { converter, directory, path }: { converter: Converter; directory: string; path: string },
  context: Context,
): ProcessSpec {
  const { python, script } = converter;
  const name = converterName(entry.id);
  const type = /fp?16/i.test(entry.file) ? 'f16' : 'f32';
  const own = entry.converterArgs;
  return z.parse(specSchema, {
    ...{ name, kind: 'command', owner: name, workspace: context.workspace ?? null, about: entry.name },
    argv: [
      ...[python, script, join(directory, INPUTS), '--outfile', partialOf(path)],
      ...(own.some((word) => word.startsWith('--outtype')) ? own : [...own, '--outtype', type]),
    ],
    cwd: dirname(script),
    env: callersPath(context),
    restart: { policy: 'never' },
  });
}

/** What is made, until it is whole. */
export function partialOf(path: string): string {
  return `${path}.partial`;
}

/** What comes with a workspace runs where a person trusts that: one in which nothing was ever trusted is not trusted. */
async function trustFor(
  argv: readonly string[],
  context: Context,
): Promise<{ steps: Step[]; expects: Expectation[] }> {
  const workspace = await readWorkspace(context);
  const commands = commandsOf(workspace);
  if (commands.length === 0) {
    throw modelsError(
      'converter-untrusted',
      `${workspace.name} brings the converter, and nobody has trusted it.`,
      {
        next: [`gantry config set models.converter ${quote(argv[1] ?? '')}`],
        details: { workspace: workspace.root, command: [...argv] },
      },
    );
  }
  return {
    steps: requireTrust(context, workspace, [shellText(argv)]),
    expects: [expectTrust(workspace.root, commands, 'trusted')],
  };
}
