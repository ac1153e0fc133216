import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { replaceFile } from '#engines/workspace/replace.ts';
import { daemonError } from '../errors.ts';
import { daemonUnitFile } from '../facts.ts';
import { answerFor } from './file.ts';
import { type ManagerId, managerOf } from './manager.ts';
import { textOrNull } from './read.ts';
import { tell } from './tell.ts';

interface Args {
  manager: ManagerId;
  file: string;
  before: string | null;
  text: string | null;
}

type Write = Application<Args>;

/** The manager may not know of it yet, and is told once more. */
export async function checkWrite({ args }: Write, context: Context): Promise<Applied | undefined> {
  if ((await textOrNull(args.file)) !== args.text) return undefined;
  await reload(args, context);
  return applied(args);
}

export async function applyWrite({ args }: Write, context: Context): Promise<Applied> {
  const { file, before, text } = args;
  if ((await textOrNull(file)) !== before) {
    throw daemonError('unit-changed', `${file} is no longer what was planned for.`, {
      next: ['gantry daemon install --dry-run', `cat ${quote(file)}`],
    });
  }
  await put(file, text);
  await reload(args, context);
  return applied(args);
}

async function put(file: string, text: string | null): Promise<void> {
  try {
    await (text === null ? rm(file, { force: true }) : replaceFile(file, text));
  } catch (thrown) {
    throw daemonError('unit-unwritable', `${file} could not be written: ${(thrown as Error).message}.`, {
      next: [`ls -ld ${quote(dirname(file))}`, `df -h ${quote(dirname(file))}`],
      cause: thrown,
    });
  }
}

async function reload({ manager }: Args, context: Context): Promise<void> {
  for (const argv of managerOf(manager).reload()) await tell(context, argv);
}

function applied({ file, text }: Args): Applied {
  const summary = text === null ? `removed ${file}` : `wrote ${file}`;
  return { summary, leaves: [expect(daemonUnitFile, { file }, answerFor(text))] };
}
