import { dirname } from 'node:path';
import type { Context, Paths } from '#engines/core/context.ts';
import type { GantryError } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import { isRecord } from '#engines/core/json.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Expectation, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { configError } from './errors.ts';
import { configValue } from './facts.ts';
import { userLayer } from './layers.ts';
import { requirePerson } from './person.ts';
import type { Key, Value } from './settings.ts';
import { FILE_NAME, readUserFile, userFile } from './user.ts';
import { flatten } from './values.ts';

interface Args {
  key: string;
  value: Value | null;
}

export async function applyWrite({ args }: Application<Args>, context: Context): Promise<Applied> {
  requirePerson(args.key as Key, context);
  await readUserFile(context.paths);
  const { default: Conf } = await import('conf');
  try {
    write(Conf, context.paths, args);
  } catch (thrown) {
    throw unwritable(userFile(context.paths), thrown as Error);
  }
  return applied(args);
}

export async function checkWrite(
  { args, target }: Application<Args>,
  context: Context,
): Promise<Applied | undefined> {
  const is = await readValueFact(args, target, context);
  return is === answerFor(args.value) ? applied(args) : undefined;
}

export async function readValueFact({ key }: { key: string }, _: Target, context: Context): Promise<string> {
  const { values } = await userLayer(context);
  return answerFor(values.get(key as Key) ?? null);
}

export function expectValue(key: string, value: Value | null): Expectation {
  return expect(configValue, { key }, answerFor(value));
}

function answerFor(value: Value | null): string {
  return value === null ? 'unset' : JSON.stringify(value);
}

function unwritable(file: string, thrown: Error): GantryError {
  return configError('settings-unwritable', `${file} could not be written: ${thrown.message}.`, {
    next: [`ls -ld ${quote(dirname(file))}`, `df -h ${quote(dirname(file))}`],
    cause: thrown,
  });
}

function applied({ key, value }: Args): Applied {
  return { summary: answerFor(value), leaves: [expectValue(key, value)] };
}

/** `conf` checks, writes atomically and keeps the file for its owner; it is loaded only here, where something is written. */
function write(Conf: typeof import('conf').default, { config }: Paths, { key, value }: Args): void {
  const file = new Conf<Record<string, unknown>>({
    cwd: config,
    configName: FILE_NAME,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  const data = structuredClone({ ...file.store });
  for (const { path } of [...flatten(data)].filter((flat) => flat.key === key)) remove(data, path);
  file.store = value === null ? data : { ...data, [key]: value };
}

function remove(data: Record<string, unknown>, path: readonly string[]): void {
  const [part = '', ...rest] = path;
  const inner = data[part];
  if (rest.length > 0 && isRecord(inner)) remove(inner, rest);
  else delete data[part];
}
