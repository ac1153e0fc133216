import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { GantryError } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Expectation } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { replaceFile } from '#engines/workspace/replace.ts';
import { serviceError } from './errors.ts';
import { serviceFile } from './facts.ts';
import { readSource, sha256Of } from './jos/source.ts';

/** Null stands for no file. */
export interface FileChange {
  file: string;
  before: string | null;
  text: string | null;
}

interface Args {
  purpose: string;
  changes: FileChange[];
}

export async function applyFiles({ args }: Application<Args>): Promise<Applied> {
  await writeFiles(args.changes);
  return written(args);
}

export async function checkFiles({ args }: Application<Args>): Promise<Applied | undefined> {
  for (const { file, text } of args.changes) if ((await textOrAbsent(file)) !== text) return undefined;
  return written(args);
}

export async function readFileFact({ file }: { file: string }): Promise<string> {
  return answerFor(await textOrAbsent(file));
}

export function expectFile(file: string, text: string | null): Expectation {
  return expect(serviceFile, { file }, answerFor(text));
}

/** Writes each file that does not have its text yet, if it has the one before; a file that has another one stays. */
export async function writeFiles(changes: readonly FileChange[]): Promise<void> {
  for (const { file, before, text } of changes) {
    const present = await textOrAbsent(file);
    if (present === text) continue;
    if (present !== before) throw changed(file);
    await put(file, text);
  }
}

/** Null where there is no such file. */
export async function textOrAbsent(file: string): Promise<string | null> {
  try {
    return (await readSource(file)).text;
  } catch (thrown) {
    if (thrown instanceof GantryError && thrown.failure.code === 'artifact-missing') return null;
    throw thrown;
  }
}

async function put(file: string, text: string | null): Promise<void> {
  try {
    await (text === null ? rm(file) : replaceFile(file, text));
  } catch (thrown) {
    throw serviceError('artifact-unwritable', `${file} could not be written: ${(thrown as Error).message}.`, {
      next: [`ls -l ${quote(file)}`, `df -h ${quote(file)}`],
      cause: thrown,
    });
  }
}

function changed(file: string) {
  return serviceError('artifact-changed', `${file} is no longer what was planned for.`, {
    next: [`gantry service validate ${quote(file)}`],
    details: { path: file },
  });
}

function written({ changes }: Args): Applied {
  return {
    summary: changes
      .map(({ file, text }) => `${text === null ? 'removed' : 'wrote'} ${basename(file)}`)
      .join(', '),
    leaves: changes.map(({ file, text }) => expectFile(file, text)),
  };
}

function answerFor(text: string | null): string {
  return text === null ? 'absent' : sha256Of(text).slice(0, 16);
}
