import * as z from 'zod/mini';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import type { Expectation, Target } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { gitError } from '../errors.ts';
import { gitRef } from '../facts.ts';
import { keep, readKept, readKeptCommit } from '../kept.ts';
import { placeOf, readRef } from '../observe.ts';
import { git } from '../run.ts';
import { dropArgs, storeArgs } from './argv.ts';
import { readStash, STASH } from './entries.ts';
import { type StashEntry, stashEntrySchema } from './entry.ts';

type Dropping = Application<{ oid: string }>;
type Storing = Application<{ entry: StashEntry; kept: string }>;

/** It happened if the entry is kept and no longer listed. */
export async function checkDrop(application: Dropping, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  const listed = await readStash(context, placeOf(target));
  if (listed.some(({ oid }) => oid === args.oid)) return undefined;
  const taken = await readTaken(application, context);
  return taken && dropped(target, context, taken);
}

export async function applyDrop(application: Dropping, context: Context): Promise<Applied> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const taken = await keepEntry(application, context);
  const number = (await readStash(context, cwd)).findIndex(({ oid }) => oid === args.oid);
  await git(context, { cwd, mode: 'write', target: target.name, args: dropArgs({ number }) });
  return dropped(target, context, taken);
}

/** Keeps the commit of an entry with what the list says of it. */
export async function keepEntry(
  application: Dropping,
  context: Context,
): Promise<{ entry: StashEntry; kept: string }> {
  const { args, target } = application;
  const entry = (await readStash(context, placeOf(target))).find(({ oid }) => oid === args.oid);
  if (!entry) {
    throw gitError('stash-missing', `The stash of ${target.name} has no entry ${args.oid.slice(0, 10)}.`, {
      next: [`git -C ${quote(placeOf(target))} stash list`],
    });
  }
  const kept = await keep(context, application, { tip: args.oid, files: { entry: JSON.stringify(entry) } });
  return { entry, kept };
}

/** The entry that this step has kept, if it came as far as that. */
export async function readTaken(
  application: Dropping,
  context: Context,
): Promise<{ entry: StashEntry; kept: string } | undefined> {
  const kept = await readKeptCommit(context, application);
  const text = kept && (await readKept(context, placeOf(application.target), { kept, name: 'entry' }));
  return kept && text ? { kept, entry: z.parse(stashEntrySchema, JSON.parse(text.toString())) } : undefined;
}

async function dropped(target: Target, context: Context, taken: { entry: StashEntry; kept: string }) {
  return {
    summary: `${taken.entry.oid.slice(0, 10)} taken from the stash`,
    result: taken,
    leaves: await listNow(context, target),
  };
}

export async function checkStore({ args, target }: Storing, context: Context): Promise<Applied | undefined> {
  const [newest] = await readStash(context, placeOf(target));
  return newest?.oid === args.entry.oid ? stored(args.entry, target, context) : undefined;
}

/** By the name and at the time that it was put there: the list is as it was, byte for byte. */
export async function applyStore({ args, target }: Storing, context: Context): Promise<Applied> {
  const { entry } = args;
  await git(context, {
    cwd: placeOf(target),
    mode: 'write',
    target: target.name,
    args: storeArgs(entry),
    env: {
      GIT_COMMITTER_NAME: entry.name,
      GIT_COMMITTER_EMAIL: entry.email,
      GIT_COMMITTER_DATE: entry.date,
    },
  });
  return stored(entry, target, context);
}

async function stored(entry: StashEntry, target: Target, context: Context): Promise<Applied> {
  return {
    summary: `${entry.oid.slice(0, 10)} is the newest of the stash`,
    leaves: await listNow(context, target),
  };
}

/** The newest entry, as it is now. */
export async function listNow(context: Context, target: Target): Promise<Expectation[]> {
  return [expect(gitRef, { ref: STASH }, await readRef({ ref: STASH }, target, context))];
}
