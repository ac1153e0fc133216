import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { quote } from '#engines/core/shell.ts';
import { readBranchSection, restoreBranchSection, type Section } from '../config/section.ts';
import { gitError } from '../errors.ts';
import { gitRef } from '../facts.ts';
import { keep, readKept, readKeptCommit } from '../kept.ts';
import { placeOf, resolveCommit } from '../observe.ts';
import { git } from '../run.ts';
import { deleteArgs } from './argv.ts';
import { create, refOf } from './create.ts';

type Deleting = Application<{ branch: string; oid: string | null }>;
type Restoring = Application<{ branch: string; oid: string; kept: string }>;

/** The name under which a kept commit has the section of the configuration. */
const SECTION = 'config.json';

/** It happened if the branch is gone and what it was is kept. */
export async function checkDelete(application: Deleting, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  const cwd = placeOf(target);
  if (await resolveCommit(context, cwd, refOf(args.branch))) return undefined;
  const kept = await readKeptCommit(context, application);
  return kept === undefined ? undefined : deleted(args.branch, kept, await tipOf(context, cwd, kept));
}

export async function applyDelete(application: Deleting, context: Context): Promise<Applied> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const tip = await resolveCommit(context, cwd, refOf(args.branch));
  if (tip === undefined || (args.oid !== null && args.oid !== tip)) {
    throw gitError('branch-moved', `${args.branch} is at ${tip ?? 'no commit'}, not at ${args.oid}.`, {
      next: [`git -C ${quote(cwd)} log --oneline -5 ${quote(args.branch)} --`],
    });
  }
  const section = await readBranchSection(cwd, args.branch);
  const files: Record<string, string> = section ? { [SECTION]: JSON.stringify(section) } : {};
  const kept = await keep(context, application, { tip, files });
  await git(context, { cwd, mode: 'write', target: target.name, args: deleteArgs(args) });
  return deleted(args.branch, kept, tip);
}

export async function checkRestore(): Promise<undefined> {
  return undefined;
}

export async function applyRestore({ args, target }: Restoring, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  const { branch, oid, kept } = args;
  if ((await resolveCommit(context, cwd, refOf(branch))) !== oid) {
    await create(context, target, { branch, at: oid, upstream: null });
  }
  const section = await readKept(context, cwd, { kept, name: SECTION });
  if (section) await restoreBranchSection(context, cwd, branch, JSON.parse(String(section)) as Section);
  return {
    summary: `${branch} is back at ${oid.slice(0, 10)}`,
    leaves: [expect(gitRef, { ref: refOf(branch) }, oid)],
  };
}

async function tipOf(context: Context, cwd: string, kept: string): Promise<string> {
  return (await resolveCommit(context, cwd, `${kept}^1`)) as string;
}

function deleted(branch: string, kept: string, oid: string): Applied {
  return {
    summary: `deleted ${branch}, which was at ${oid.slice(0, 10)}`,
    result: { kept, oid },
    leaves: [expect(gitRef, { ref: refOf(branch) }, 'absent')],
  };
}
