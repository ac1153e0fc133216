import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '#engines/core/context.ts';
import { isSecretName } from '#engines/core/secret.ts';
import type { Event } from '#engines/job/runs.ts';
import type { On } from './definition.ts';
import { inputDirectory } from './files.ts';

/** Characters of a variable, and variables, at the most. */
const LONGEST = 4_096;
const MOST = 100;

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

interface Happening {
  /** Name of the trigger. */
  name: string;
  on: On;
  said: string;
  /** By names without their prefix; lines in one stand for several values. */
  variables: Readonly<Record<string, string>>;
  input?: string;
  key?: string;
}

/**
 * What has happened, as a command has it in its environment. Where it comes from nobody can be trusted: what is named
 * like a secret is left out, and no value ends a line or obeys a terminal.
 */
export function eventOf({ name, on, said, variables, input, key }: Happening): Event {
  const told = Object.entries(variables)
    .map(([key, value]) => [`GANTRY_TRIGGER_${variableName(key)}`, textOf(value)] as const)
    .filter(([key]) => !isSecretName(key))
    .slice(0, MOST);
  return {
    said: textOf(said),
    env: {
      GANTRY_TRIGGER: name,
      GANTRY_TRIGGER_ON: on,
      ...(input === undefined ? {} : { GANTRY_TRIGGER_BODY: input }),
      ...Object.fromEntries(told),
    },
    input: input ?? null,
    key: key ?? null,
  };
}

/** Keeps what was sent until its run has ended. */
export function keepInput(body: Uint8Array, paths: Pick<Paths, 'state'>): string {
  const directory = inputDirectory(paths);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, randomUUID());
  writeFileSync(file, body, { mode: 0o600, flag: 'wx' });
  return file;
}

function variableName(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
}

function textOf(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replaceAll(CONTROL, ' '))
    .join('\n')
    .slice(0, LONGEST);
}
