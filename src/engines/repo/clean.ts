import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '#engines/core/context.ts';
import { expect } from '#engines/core/fact.ts';
import { call } from '#engines/core/operation.ts';
import type { Draft } from '#engines/core/plan.ts';
import { quote } from '#engines/core/shell.ts';
import { decodePath } from '#engines/git/bytes.ts';
import { listUntracked, readUntracked } from '#engines/git/changes.ts';
import { gitError } from '#engines/git/errors.ts';
import { gitUntracked } from '#engines/git/facts.ts';
import { gitClean, gitSnapshot } from '#engines/git/operations.ts';
import { requireKeepable } from '#engines/git/survey.ts';
import { type Chosen, planEach, requireNamed, type Verdict } from './choose.ts';

interface CleanInput {
  repos: string[];
  all: boolean;
  ignored: boolean;
}

/** Snapshot, then the untracked paths are deleted that the plan lists. */
export async function planClean(input: CleanInput, context: Context): Promise<Draft> {
  requireNamed('repo clean', input);
  return planEach(context, input.repos, (chosen, bounded) => planOne(bounded, chosen, input.ignored));
}

async function planOne(context: Context, { repo, target }: Chosen, ignored: boolean): Promise<Verdict> {
  const paths = await deletable(context, repo.path, ignored);
  if (paths.length === 0) return { settled: `it has no untracked ${ignored ? 'or ignored ' : ''}files` };
  await requireKeepable(context, repo.path, ignored);
  const expects = [expect(gitUntracked, { ignored }, await readUntracked({ ignored }, target, context))];
  const step = { target, expects };
  return {
    steps: [
      { id: `${repo.name}/1`, ...step, ...call(gitSnapshot, { ignored, also: [] }) },
      { id: `${repo.name}/2`, ...step, ...call(gitClean, { paths, ignored }) },
    ],
  };
}

/** Whole directories where nothing in them is tracked. A repository of its own is never deleted. */
async function deletable(context: Context, cwd: string, ignored: boolean): Promise<string[]> {
  const listed = await listUntracked(context, cwd, { ignored, directories: true });
  const paths = listed.map((path) => decodePath(path) ?? undecodable(cwd, path));
  return paths.filter((path) => !(path.endsWith('/') && existsSync(join(cwd, path, '.git'))));
}

function undecodable(cwd: string, path: string): never {
  throw gitError('path-undecodable', `${cwd} has an untracked file whose name is not UTF-8.`, {
    next: [`git -C ${quote(cwd)} clean --dry-run`, `git -C ${quote(cwd)} clean --interactive`],
    details: { bytes: Buffer.from(path, 'latin1').toString('hex') },
  });
}
