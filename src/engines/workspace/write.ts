import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
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
  try {
    await (text === null ? rm(file) : replaceFile(file, text));
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
  return applied(args);
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

function applied({ file, text, purpose }: Args): Applied {
  return {
    summary: text === null ? `removed ${basename(file)}` : purpose,
    leaves: [expect(workspaceManifest, { file }, answerFor(text))],
  };
}
