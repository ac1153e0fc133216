import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import type { Application, Applied } from '#engines/core/operation.ts';
import { keep, readKept, readKeptCommit } from '../kept.ts';
import { placeOf } from '../observe.ts';
import { git } from '../run.ts';
import { gitTag } from './facts.ts';
import { readTag } from './read.ts';

interface Named {
  tag: string;
  oid: string;
}

type Deleting = Application<Named>;
type Restoring = Application<Named & { kept: string }>;

/** The name under which a kept commit has the tag's own object; a lightweight tag has none. */
const OBJECT = 'tag';

export async function checkDelete(application: Deleting, context: Context): Promise<Applied | undefined> {
  const { args, target } = application;
  if (await readTag(context, placeOf(target), args.tag)) return undefined;
  const kept = await readKeptCommit(context, application);
  return kept === undefined ? undefined : deleted(args, kept);
}

export async function applyDelete(application: Deleting, context: Context): Promise<Applied> {
  const { args, target } = application;
  const cwd = placeOf(target);
  const object = await tagObject(context, cwd, args.oid);
  const kept = await keep(context, application, {
    tip: `${args.oid}^{commit}`,
    files: object ? { [OBJECT]: object } : {},
  });
  await git(context, {
    cwd,
    mode: 'write',
    target: target.name,
    args: ['update-ref', '-d', `refs/tags/${args.tag}`, args.oid],
  });
  return deleted(args, kept);
}

export async function checkRestore(): Promise<undefined> {
  return undefined;
}

/** The same bytes make the same object. */
export async function applyRestore({ args, target }: Restoring, context: Context): Promise<Applied> {
  const cwd = placeOf(target);
  const object = await readKept(context, cwd, { kept: args.kept, name: OBJECT });
  const write = (words: string[], input?: Uint8Array) =>
    git(context, { cwd, mode: 'write', target: target.name, args: words, input });
  if (object) await write(['hash-object', '-t', 'tag', '-w', '--stdin'], object);
  await write(['update-ref', `refs/tags/${args.tag}`, args.oid]);
  return { summary: `${args.tag} is back`, leaves: [expect(gitTag, { tag: args.tag }, args.oid)] };
}

async function tagObject(context: Context, cwd: string, oid: string): Promise<Buffer | undefined> {
  const { stdout, exitCode } = await git(context, {
    cwd,
    mode: 'read',
    encoding: 'latin1',
    args: ['cat-file', 'tag', oid],
    answers: [0, 128],
  });
  return exitCode === 0 ? Buffer.from(stdout, 'latin1') : undefined;
}

function deleted({ tag }: Named, kept: string): Applied {
  return {
    summary: `deleted the tag ${tag}`,
    result: { kept },
    leaves: [expect(gitTag, { tag }, 'absent')],
  };
}
