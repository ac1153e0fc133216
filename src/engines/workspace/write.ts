import { rm, rmdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { workspaceError } from './errors.ts';
import { workspaceManifest } from './facts.ts';
import { fingerprint } from './manifest.ts';
import { textOrAbsent } from './read.ts';
import { replaceFile } from './replace.ts';

interface Args {
  file: string;
  before: string | null;
  text: string | null;
  purpose: string;
}

export async function applyWrite({ args }: Application<Args>): Promise<Applied> {
  const { file, before, text } = args;
  if ((await textOrAbsent(file)) !== before) {
    throw workspaceError('manifest-changed', `${file} is no longer what was planned for.`, {
      next: ['gantry workspace status'],
    });
  }
  await putManifest(file, text);
  return applied(args);
}

/** Null removes the file, and its folder where nothing else is in it. */
export async function putManifest(file: string, text: string | null): Promise<void> {
  try {
    await (text === null ? removeFile(file) : replaceFile(file, text));
  } catch (thrown) {
    throw workspaceError(
      'manifest-unwritable',
      `${file} could not be written: ${(thrown as Error).message}.`,
      {
        next: [`ls -ld ${quote(file)}`, `df -h ${quote(file)}`],
        cause: thrown,
      },
    );
  }
}

export async function checkWrite({ args }: Application<Args>): Promise<Applied | undefined> {
  return (await textOrAbsent(args.file)) === args.text ? applied(args) : undefined;
}

export async function readManifestFact({ file }: { file: string }): Promise<string> {
  return answerFor(await textOrAbsent(file));
}

export function answerFor(text: string | null): string {
  return text === null ? 'absent' : fingerprint(text);
}

async function removeFile(file: string): Promise<void> {
  await rm(file);
  await rmdir(dirname(file)).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOTEMPTY' && thrown.code !== 'EEXIST') throw thrown;
  });
}

function applied({ file, text, purpose }: Args): Applied {
  return {
    summary: text === null ? `removed ${basename(file)}` : purpose,
    leaves: [expect(workspaceManifest, { file }, answerFor(text))],
  };
}
