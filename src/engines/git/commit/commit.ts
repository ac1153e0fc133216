import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { gitDirectories } from '../directory.ts';
import { readKeptCommit } from '../kept.ts';
import { waitForLock } from '../locks.ts';
import { headRef, placeOf, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { commitArgs } from './argv.ts';
import { indexNow } from './index-state.ts';
import { keepIndex } from './keep-index.ts';

type Commit = Application<{ message: string; all: boolean; from: string | null; empty?: boolean }>;

/** It happened if HEAD is one commit further and that commit begins as the message does: a hook may have added to it. */
export async function checkCommit(application: Commit, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  const cwd = placeOf(target);
  await waitForLock(context, join(gitDirectories(cwd)?.own ?? cwd, 'index.lock'));
  const [head, kept] = await Promise.all([
    resolveCommit(context, cwd, 'HEAD'),
    readKeptCommit(context, application),
  ]);
  if (!head || !kept || head === args.from) return undefined;
  const { stdout } = await git(context, {
    cwd,
    mode: 'read',
    args: ['show', '--no-patch', '--format=%P%x00%B', head, '--'],
  });
  const [parents = '', body = ''] = stdout.split('\0');
  const isOurs = (parents || null) === args.from && body.startsWith(firstLine(args.message));
  return isOurs ? committed(application, context, kept) : undefined;
}

export async function applyCommit(application: Commit, context: Context): Promise<Applied> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const kept = await keepIndex(context, application);
  await git(context, {
    cwd,
    mode: 'write',
    target: target.name,
    args: commitArgs(args),
    input: args.message,
  });
  return committed(application, context, kept);
}

async function committed({ target }: Commit, context: Context, kept: string): Promise<Applied> {
  const cwd = placeOf(target);
  const [oid = '', ref] = await Promise.all([resolveCommit(context, cwd, 'HEAD'), headRef(context, cwd)]);
  const place = ref === undefined ? 'a detached HEAD' : ref.replace(/^refs\/heads\//, '');
  return {
    summary: `${oid.slice(0, 10)} on ${place}`,
    result: { oid, kept },
    leaves: await indexNow(context, target),
  };
}

function firstLine(message: string): string {
  return (message.trim().split('\n', 1)[0] ?? '').trimEnd();
}
