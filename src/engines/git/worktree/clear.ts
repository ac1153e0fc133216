import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { cleanArgs } from '../argv.ts';
import { placeOf } from '../observe.ts';
import { git } from '../run.ts';
import { counted } from '../words.ts';
import { worktreeIs } from './observe.ts';

type Clearing = Application<{ paths: string[] }>;

/** Deleting the rest is as good as deleting all. */
export async function checkClear(application: Clearing, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  const left = args.paths.filter((path) => existsSync(join(placeOf(target), path)));
  return left.length === 0 ? cleared(application, context) : undefined;
}

export async function applyClear(application: Clearing, context: Context): Promise<Applied> {
  const { args, target } = application;
  for (const command of cleanArgs({ paths: args.paths, ignored: true })) {
    await git(context, { cwd: placeOf(target), mode: 'write', target: target.name, args: command });
  }
  return cleared(application, context);
}

async function cleared({ args, target }: Clearing, context: Context): Promise<Applied> {
  return {
    summary: `${counted(args.paths.length, 'ignored directory', 'ignored directories')} deleted`,
    leaves: [await worktreeIs(context, target)],
  };
}
