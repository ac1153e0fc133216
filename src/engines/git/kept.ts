import type { Context } from '#engines/core/context.ts';
import type { Application } from '#engines/core/operation.ts';
import { importStream } from './fast-import.ts';
import { placeOf, resolveCommit } from './observe.ts';
import { git } from './run.ts';
import { stepRef } from './snapshot.ts';

/** A commit that a step takes the last name from, with what stood about that name beside it. */
export interface Keeping {
  tip: string;
  /** By name: contents as bytes. */
  files: Readonly<Record<string, string | Uint8Array>>;
}

/** Keeps a commit for undo at a ref of the step; it expires as snapshots do. Resolves with the commit that keeps it. */
export async function keep(
  context: Context,
  application: Pick<Application, 'activity' | 'step' | 'target'>,
  { tip, files }: Keeping,
): Promise<string> {
  const cwd = placeOf(application.target);
  const ref = keptRef(application);
  const present = await resolveCommit(context, cwd, ref);
  if (present) return present;
  await git(context, {
    cwd,
    mode: 'write',
    target: application.target.name,
    args: ['fast-import', '--quiet', '--done'],
    input: importStream({
      ref,
      at: Math.floor(context.now() / 1000),
      message: `Kept by Gantry\n`,
      parents: [tip],
      contents: Object.entries(files).map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) })),
    }),
  });
  return (await resolveCommit(context, cwd, ref)) as string;
}

/** What was kept beside a commit; nothing where it is not there (any more). */
export async function readKept(
  context: Context,
  cwd: string,
  { kept, name }: { kept: string; name: string },
): Promise<Buffer | undefined> {
  const { stdout, exitCode } = await git(context, {
    cwd,
    mode: 'read',
    encoding: 'latin1',
    args: ['cat-file', 'blob', `${kept}:${name}`],
    answers: [0, 128],
  });
  return exitCode === 0 ? Buffer.from(stdout, 'latin1') : undefined;
}

/** The commit that a step keeps. */
export function readKeptCommit(
  context: Context,
  application: Pick<Application, 'activity' | 'step' | 'target'>,
): Promise<string | undefined> {
  return resolveCommit(context, placeOf(application.target), keptRef(application));
}

function keptRef(application: Pick<Application, 'activity' | 'step'>): string {
  return `${stepRef(application)}/kept`;
}
