import type { Context } from '#engines/core/context.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { store } from '#engines/store/store.ts';
import { envError } from './errors.ts';
import { envWrite } from './operations.ts';
import { type Place, setNamed } from './place.ts';
import { readVariable, readVariables, type Variable } from './records.ts';
import { requireVariable, variablesFrom } from './variables.ts';
import { expectVariable } from './write.ts';

export async function planSet(
  { variables, ...place }: Place & { variables: string[] },
  context: Context,
): Promise<Draft> {
  return planned(Object.entries(variablesFrom(variables)), place, context);
}

export async function planUnset(
  { names, ...place }: Place & { names: string[] },
  context: Context,
): Promise<Draft> {
  for (const name of names) requireVariable(name);
  return planned(
    names.map((name) => [name, null]),
    place,
    context,
  );
}

function planned(changes: [string, string | null][], place: Place, context: Context): Draft {
  const set = setNamed(place);
  const drafts = changes.map(([name, value], index) => {
    const target = { kind: 'setting' as const, name: `${set}.${name}` };
    const before = readVariable(context.use(store), set, name);
    if (before === value)
      return { settled: { target, reason: value === null ? 'is not set' : 'is set so already' } };
    const expects = [expectVariable(set, name, before)];
    return {
      step: {
        id: `${set}.${name}/${index + 1}`,
        target,
        expects,
        ...call(envWrite, { set, name, value, before }),
      },
    };
  });
  return {
    workspace: null,
    steps: drafts.flatMap(({ step }) => step ?? []),
    settled: drafts.flatMap(({ settled }) => settled ?? []),
  };
}

export async function readList(place: Place, context: Context): Promise<{ variables: Variable[] }> {
  const isNamed = place.env !== undefined || place.service !== undefined;
  return { variables: readVariables(context.use(store), isNamed ? setNamed(place) : undefined) };
}

export async function readGet(
  { name, ...place }: Place & { name: string },
  context: Context,
): Promise<Variable> {
  const set = setNamed(place);
  const value = readVariable(context.use(store), set, name);
  if (value !== null) return { set, name, value };
  throw envError('variable-unset', `${name} is not set in ${set}.`, { next: ['gantry env list'] });
}
