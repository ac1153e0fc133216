import { rm } from 'node:fs/promises';
import type { Context } from '#engines/core/context.ts';
import { failureOf } from '#engines/core/errors.ts';
import { expect } from '#engines/core/fact.ts';
import { type Application, type Applied, call } from '#engines/core/operation.ts';
import type { OperationStep } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { textOrAbsent } from '#engines/workspace/read.ts';
import { replaceFile } from '#engines/workspace/replace.ts';
import { answerFor } from '#engines/workspace/write.ts';
import { modelsError } from '../errors.ts';
import { modelsCatalogText } from '../facts.ts';
import { modelsCatalogWrite } from '../operations.ts';
import { userCatalogFile } from './read.ts';

interface Args {
  file: string;
  before: string | null;
  text: string | null;
  purpose: string;
}

/** A change of the user's catalog that leaves all else in it as it stands; nothing where it changes nothing. */
export async function catalogStep(
  { purpose, change }: { purpose: string; change(text: string): string },
  context: Context,
): Promise<OperationStep> {
  const file = userCatalogFile(context);
  const before = await textOrAbsent(file);
  const text = changed(file, before ?? HEAD, change);
  return {
    id: 'catalog/1',
    target: { kind: 'file', name: file, path: file },
    expects: [expect(modelsCatalogText, { file }, answerFor(before))],
    ...call(modelsCatalogWrite, { file, before, text, purpose }),
  };
}

const HEAD = '# Models of your own; `gantry models register` adds to them.\n';

function changed(file: string, text: string, change: (text: string) => string): string {
  try {
    return change(text);
  } catch (thrown) {
    if (failureOf(thrown).code !== 'manifest-unpatchable') throw thrown;
    throw modelsError(
      'catalog-unpatchable',
      `${file} is written in a way that could not be changed safely.`,
      {
        next: [`$EDITOR ${quote(file)}`],
        cause: thrown,
      },
    );
  }
}

export async function applyWrite({ args }: Application<Args>): Promise<Applied> {
  const { file, before, text } = args;
  if ((await textOrAbsent(file)) !== before) {
    throw modelsError('catalog-changed', `${file} is no longer what was planned for.`, {
      next: ['gantry models catalog'],
    });
  }
  try {
    await (text === null ? rm(file, { force: true }) : replaceFile(file, text));
  } catch (thrown) {
    throw modelsError('catalog-unwritable', `${file} could not be written: ${(thrown as Error).message}.`, {
      next: [`ls -ld ${quote(file)}`, `df -h ${quote(file)}`],
      cause: thrown,
    });
  }
  return applied(args);
}

export async function checkWrite({ args }: Application<Args>): Promise<Applied | undefined> {
  return (await textOrAbsent(args.file)) === args.text ? applied(args) : undefined;
}

export async function readTextFact({ file }: { file: string }): Promise<string> {
  return answerFor(await textOrAbsent(file));
}

function applied({ file, text, purpose }: Args): Applied {
  return { summary: purpose, leaves: [expect(modelsCatalogText, { file }, answerFor(text))] };
}
